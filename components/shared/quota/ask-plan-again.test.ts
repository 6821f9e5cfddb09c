import { expect, test } from 'vitest';
import { askPlanAgain } from './ask-plan-again';

const shown = (...codes: string[]) => ({ problems: codes.map((code) => ({ code })) });

test.each<[string, ReturnType<typeof shown> | undefined, number | false]>([
  ['nothing yet', undefined, false],
  ['a plan that nothing is against', shown(), false],
  ['what only the person can mend', shown('invalid-input'), false],
  ['what others may free meanwhile', shown('invalid-input', 'quota-exceeded'), 30_000],
])('of %s', (_what, of, after) => expect(askPlanAgain(of)).toBe(after));
