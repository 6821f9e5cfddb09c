import { expect, it } from 'vitest';
import { presetStart } from './preset-start';

it('tomorrow morning is 09:00 where the person is', () => {
  expect(presetStart('tomorrow', Date.UTC(2026, 10, 28, 11), 'Asia/Tokyo')).toBe('2026-11-29T00:00:00.000Z');
});
