import { expect, test } from 'vitest';
import { type PlacementFacts, placeJob } from './place';

const GIB = 2 ** 30;
const side = (cores: number, free: number, more: { gib?: number; freeGib?: number; gpus?: number; nodes?: boolean } = {}) => ({
  nodes:
    more.nodes === false
      ? []
      : [
          {
            name: 'n',
            milliCores: cores * 1000,
            freeMilliCores: free * 1000,
            memoryBytes: (more.gib ?? 8) * GIB,
            freeMemoryBytes: (more.freeGib ?? 8) * GIB,
            gpus: 0,
            interLink: false,
            ready: true,
          },
        ],
  mostFree: { milliCores: free * 1000, memoryBytes: (more.freeGib ?? 8) * GIB },
  gpus: more.gpus ?? 0,
});
const rule = { cluster: 'eu', bucket: 'fish', prefix: '', rule: { kind: 'stay', region: 'eu' }, by: 'person' } as const;
const place = { region: 'eu', lat: 0, lon: 0 };
const move = { cluster: 'eu', bucket: 'fish', path: 'in', bytes: 1, from: place, to: { ...place, region: 'us' } };
const facts: PlacementFacts = {
  needs: { milliCores: 1000, memoryBytes: GIB, gpu: false },
  origin: side(2, 2),
  worker: side(8, 8),
  open: true,
  drained: false,
  thresholdSeconds: 20,
  locality: { answer: 'allowed', rule: null },
};
const full = side(2, 1);

test.each<[string, Partial<PlacementFacts>, string]>([
  ['with room at its origin', {}, 'origin room-here null'],
  ['with room there whatever the other side is', { worker: null, open: false }, 'origin room-here null'],
  ['with just as much as it asks for, which OSCAR takes for full', { origin: full }, 'worker full-here 35'],
  ['with too little memory left', { origin: side(2, 2, { freeGib: 1 }) }, 'worker full-here 35'],
  ['with both sides full', { origin: full, worker: side(8, 1) }, 'worker full-on-both 35'],
  ['with the other side just not full', { origin: full, worker: side(8, 1.1) }, 'worker full-here 35'],
  ['larger than any machine of its origin', { origin: side(1, 1) }, 'worker too-large-here 35'],
  ['whose origin is drained, although there is room', { drained: true }, 'worker drained 15'],
  ['whose origin is drained, and the way is shut', { drained: true, open: false }, 'waits closed null'],
  ['whose origin is full and hands nothing on', { origin: full, open: false }, 'waits closed null'],
  [
    'whose data must stay by a rule that came after the pair',
    { origin: full, locality: { answer: 'refused', rule, move } },
    'worker against-rule 35',
  ],
  ['the same, whose origin is drained', { drained: true, locality: { answer: 'refused', rule, move } }, 'worker against-rule 15'],
  ['the same, with room at its origin', { locality: { answer: 'refused', rule, move } }, 'origin room-here null'],
  ['the same, where nothing is handed on', { origin: full, open: false, locality: { answer: 'refused', rule, move } }, 'waits closed null'],
  ['whose data would better stay', { origin: full, locality: { answer: 'warn', rule, bytes: 1, kilometres: 1 } }, 'worker full-here 35'],
  ['whose other side is silent', { origin: full, worker: null }, 'waits worker-silent null'],
  ['that no machine of the other side could take', { origin: full, worker: side(1, 1) }, 'waits too-large-there null'],
  ['that no machine of either could take', { origin: side(1, 1), worker: side(1, 1) }, 'nowhere too-large-anywhere null'],
  ['larger than its origin, with nowhere to go', { origin: side(1, 1), open: false }, 'nowhere closed null'],
  ['at an origin that tells of no machines, and waits', { origin: side(2, 1, { nodes: false }), open: false }, 'waits closed null'],
  ['at a silent origin', { origin: null }, 'nowhere origin-silent null'],
  [
    'with a GPU, that only the other side has',
    { needs: { ...facts.needs, gpu: true }, worker: side(8, 8, { gpus: 1 }) },
    'worker too-large-here 35',
  ],
  ['with a GPU, that nobody has', { needs: { ...facts.needs, gpu: true } }, 'nowhere too-large-anywhere null'],
  ['with a GPU at hand', { needs: { ...facts.needs, gpu: true }, origin: side(2, 2, { gpus: 1 }) }, 'origin room-here null'],
  ['with more memory than any machine of its origin', { origin: side(2, 2, { gib: 1, freeGib: 1 }) }, 'worker too-large-here 35'],
])('a job %s', (_, more, expected) => {
  const { runs, why, withinSeconds } = placeJob({ ...facts, ...more });
  expect(`${runs} ${why} ${withinSeconds}`).toBe(expected);
});
