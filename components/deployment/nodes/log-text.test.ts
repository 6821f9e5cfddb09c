import { expect, it } from 'vitest';
import { logText } from './log-text';

it('takes the clock off the lines, and no other brackets', () =>
  expect(logText('[13:42:02] Installing.\n[13:42:03]\n[ok] [13:42:04] done\n')).toBe('Installing.\n\n[ok] [13:42:04] done'));
