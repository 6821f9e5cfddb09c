import { expect, test } from 'vitest';
import { crossingAt, replaySteps, stepAfter } from './replay';

test('the steps follow each other, and begin anew after the last', () => {
  expect(replaySteps.map(stepAfter)).toEqual(['leaves', 'runs', 'returns', 'both', 'waits']);
});

test('a job crosses to America, runs there, and its result comes back', () => {
  expect(replaySteps.map((step) => crossingAt(step).map(({ from, to, phase }) => `${from} ${to} ${phase}`))).toEqual([
    [],
    ['eu us out'],
    ['eu us there'],
    ['eu us back'],
    [],
  ]);
});
