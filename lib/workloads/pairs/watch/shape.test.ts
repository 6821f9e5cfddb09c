import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Member } from '@/lib/oscar/types';
import { isDue, nextStep, type Shape, shapeOf, wantedShape } from './shape';

const shapes: Shape[] = ['whole', 'closed', 'away'];
const member = (clusterId: string): Member => ({ type: 'oscar', clusterId, serviceName: 'fish', priority: 0, verify: true });
const service = (cpu: string, ...members: string[]) => ({
  cpu,
  sharing: { members: members.map(member), delegation: 'static' as const, thresholdSeconds: 30 },
});
const held = { cpu: '0.5', awayCpu: '9' };

test.each<[string, boolean, 'origin' | 'worker' | null, Shape]>([
  ['a worker that answers', false, null, 'whole'],
  ['one that does not', true, null, 'closed'],
  ['one that is drained', false, 'worker', 'closed'],
  ['a drained origin', false, 'origin', 'away'],
  ['a drained origin whose worker does not answer', true, 'origin', 'closed'],
  ['a drained worker that does not answer', true, 'worker', 'closed'],
])('%s: the service is to be so', (_what, out, side, shape) => {
  expect(wantedShape({ out, drain: side && { side } })).toBe(shape);
});

test.each([
  ['with its worker', service('0.5', 'us'), null, 'whole'],
  ['with its worker, of the size of before', service('0.5', 'us'), held, 'whole'],
  ['without', service('0.5'), held, 'closed'],
  ['with another one only', service('0.5', 'asia'), null, 'closed'],
  ['too large for its machines', service('9.0', 'us'), held, 'away'],
  ['too large, and without a worker', service('9'), held, 'mixed'],
  ['as large from the beginning', service('9', 'us'), null, 'whole'],
])('a service %s is seen to be so', (_what, there, kept, shape) => {
  expect(shapeOf(there, 'us', kept)).toBe(shape);
});

test.each<[Shape, Shape, Shape | 'mixed', 'settle' | 'change']>([
  ['whole', 'whole', 'whole', 'settle'],
  // somebody took its worker out: that stays so
  ['whole', 'whole', 'closed', 'settle'],
  ['closed', 'whole', 'closed', 'change'],
  ['closed', 'whole', 'whole', 'settle'],
  ['whole', 'closed', 'whole', 'change'],
  ['closed', 'closed', 'closed', 'settle'],
  ['away', 'closed', 'mixed', 'change'],
  ['away', 'whole', 'away', 'change'],
  ['whole', 'away', 'whole', 'change'],
])('of what was begun as %s, is to be %s and is seen %s: %s', (shape, wanted, seen, step) => {
  expect(nextStep({ shape }, wanted, seen)).toBe(step);
});

test('a cluster is asked only where something is to be another, or was not seen to be so yet', () => {
  expect(shapes.map((shape) => isDue({ shape, settled: true }, 'closed'))).toEqual([true, false, true]);
  expect(isDue({ shape: 'closed', settled: false }, 'closed')).toBe(true);
});

test('whenever whoever changes it dies, the next ends with what is wanted, and what nobody asked for stays as it is', () => {
  const anyShape = fc.constantFrom(...shapes);
  const steps = fc.array(fc.tuple(anyShape, fc.boolean(), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(steps, anyShape, (wishes, last) => {
      const pair = { shape: 'whole' as Shape };
      let cluster: Shape = 'whole';
      // written before the call; the call may be lost, or its answer
      const mend = (wanted: Shape, called: boolean, noted: boolean) => {
        if (nextStep(pair, wanted, cluster) === 'settle') {
          pair.shape = wanted;
          return;
        }
        if (wanted !== 'whole') pair.shape = wanted;
        if (!called) return;
        cluster = wanted;
        if (noted) pair.shape = wanted;
      };
      for (const [wanted, called, noted] of wishes) mend(wanted, called, noted);
      mend(last, true, true);
      expect([cluster, pair.shape]).toEqual([last, last]);
    }),
  );
});
