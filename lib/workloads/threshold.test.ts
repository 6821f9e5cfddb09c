import { expect, test } from 'vitest';
import { adviseThreshold, type ThresholdFacts } from './threshold';

const facts = (more: Partial<ThresholdFacts>): ThresholdFacts => ({
  thresholdSeconds: 60,
  nodeBootSeconds: null,
  imagePullSeconds: null,
  runSeconds: null,
  preferGrowing: false,
  ...more,
});

test.each<[string, Partial<ThresholdFacts>, string[], number | null]>([
  ['nothing else known', {}, [], null],
  ['below the beat', { thresholdSeconds: 14 }, ['below-beat'], 15],
  ['at the beat', { thresholdSeconds: 15 }, [], null],
  ['as long as the image takes', { imagePullSeconds: 60 }, ['below-image-pull'], 75],
  ['longer than the image takes', { imagePullSeconds: 59 }, [], null],
  ['below both', { thresholdSeconds: 5, imagePullSeconds: 90 }, ['below-beat', 'below-image-pull'], 105],
  ['work leaves before a node boots, as wished', { nodeBootSeconds: 240 }, ['leaves-before-growing'], null],
  ['work leaves before a node boots, unlike wished', { nodeBootSeconds: 240, preferGrowing: true }, ['leaves-before-growing'], 270],
  [
    'a node boots within the beat before work leaves',
    { thresholdSeconds: 255, nodeBootSeconds: 240, preferGrowing: true },
    ['leaves-before-growing'],
    270,
  ],
  ['a node boots first', { thresholdSeconds: 256, nodeBootSeconds: 240, preferGrowing: true }, ['grows-before-leaving'], null],
  ['waiting longer than running', { thresholdSeconds: 61, runSeconds: 30 }, ['longer-than-running'], null],
  ['waiting as long as running', { thresholdSeconds: 60, runSeconds: 30 }, [], null],
  ['waiting long, for the cluster to grow', { thresholdSeconds: 600, runSeconds: 30, preferGrowing: true }, [], null],
])('%s', (_what, more, about, recommended) => {
  const advice = adviseThreshold(facts(more));
  expect(advice).toMatchObject({ about, recommended });
  expect(advice.longest - advice.shortest).toBe(15);
  if (advice.recommended !== null) {
    const again = adviseThreshold(facts({ ...more, thresholdSeconds: advice.recommended }));
    expect(again.recommended).toBeNull();
  }
});
