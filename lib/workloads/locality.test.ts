import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DataMove, distanceKm, type LocalityRule, mayMove } from './locality';

const valencia = { region: 'eu', lat: 39.47, lon: -0.38 };
const austin = { region: 'us', lat: 30.27, lon: -97.74 };
const move = (more: Partial<DataMove> = {}): DataMove => ({
  cluster: 'oscar-eu',
  bucket: 'fish',
  path: 'input/a.jpg',
  bytes: 1000,
  from: valencia,
  to: austin,
  ...more,
});
const rule = (kind: 'stay' | 'prefer-near' | 'free', more: Partial<LocalityRule> = {}, region = 'eu'): LocalityRule => ({
  cluster: 'oscar-eu',
  bucket: 'fish',
  prefix: '',
  rule: kind === 'stay' ? { kind, region } : { kind },
  by: 'person',
  ...more,
});

test.each<[string, LocalityRule[], Partial<DataMove>, string]>([
  ['no rule', [], {}, 'allowed'],
  ['stay in Europe', [rule('stay')], {}, 'refused'],
  ['stay in Europe, and it does', [rule('stay')], { to: valencia }, 'allowed'],
  ['stay in America', [rule('stay', {}, 'us')], {}, 'allowed'],
  ['free', [rule('free')], {}, 'allowed'],
  ['prefer near', [rule('prefer-near')], {}, 'warn'],
  ['prefer near, and it is', [rule('prefer-near')], { to: valencia }, 'allowed'],
  ['a rule of another bucket', [rule('stay', { bucket: 'whales' })], {}, 'allowed'],
  ['a rule of another cluster', [rule('stay', { cluster: 'oscar-pt' })], {}, 'allowed'],
  ['a rule of all clusters', [rule('stay', { cluster: '*' })], {}, 'refused'],
  ['a rule of all buckets', [rule('stay', { bucket: '*' })], {}, 'refused'],
  ['a rule of the folder', [rule('stay', { prefix: 'input/' })], {}, 'refused'],
  ['a rule of a folder whose name begins so', [rule('stay', { prefix: 'in' })], {}, 'allowed'],
  ['a rule of the file', [rule('stay', { prefix: 'input/a.jpg' })], {}, 'refused'],
  ['a folder that is freer than its bucket', [rule('stay'), rule('free', { prefix: 'input' })], {}, 'allowed'],
  ['a folder that is stricter than its bucket', [rule('free'), rule('stay', { prefix: 'input' })], {}, 'refused'],
  ['a bucket that is freer than all buckets', [rule('stay', { bucket: '*' }), rule('free')], {}, 'allowed'],
  ['two on one folder: the strictest', [rule('free'), rule('prefer-near'), rule('stay')], {}, 'refused'],
  ['two on one folder that want different regions', [rule('stay', {}, 'us'), rule('stay')], {}, 'refused'],
  [
    'a person’s rule that is closer than the operator’s',
    [rule('stay', { bucket: '*', by: 'operator' }), rule('free', { prefix: 'input' })],
    {},
    'refused',
  ],
  ['an operator’s wish that is no bound', [rule('prefer-near', { bucket: '*', by: 'operator' }), rule('free')], {}, 'allowed'],
  [
    'one bound that is kept and one that is broken',
    [rule('stay', { by: 'operator' }, 'us'), rule('stay', { by: 'operator', bucket: '*' })],
    {},
    'refused',
  ],
])('%s', (_what, rules, more, answer) => {
  expect(mayMove([move(more)], rules).answer).toBe(answer);
});

test('a refusal says which rule and which data; a warning how many bytes how far', () => {
  const stay = rule('stay');
  expect(mayMove([move({ bucket: 'other' }), move()], [stay])).toEqual({ answer: 'refused', rule: stay, move: move() });
  const near = rule('prefer-near');
  const answer = mayMove([move({ bytes: 5 }), move({ bytes: 7, path: 'b' }), move({ bytes: 9, to: valencia })], [near]);
  expect(answer).toEqual({ answer: 'warn', rule: near, bytes: 12, kilometres: Math.round(distanceKm(valencia, austin)) });
});

test('what may not move by one rule may not move by more', () => {
  const region = fc.constantFrom('eu', 'us');
  const some = fc.record({
    cluster: fc.constantFrom('*', 'oscar-eu', 'oscar-pt'),
    bucket: fc.constantFrom('*', 'fish', 'whales'),
    prefix: fc.constantFrom('', 'input', 'input/deep', 'other'),
    rule: fc.oneof(
      fc.record({ kind: fc.constant('stay' as const), region }),
      fc.constant({ kind: 'free' as const }),
      fc.constant({ kind: 'prefer-near' as const }),
    ),
    by: fc.constantFrom('operator' as const, 'person' as const),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), some, (rules, more) => {
      const bound: LocalityRule = { ...more, by: 'operator', rule: { kind: 'stay', region: 'eu' } };
      const alone = mayMove([move()], [bound]).answer;
      if (alone === 'refused') expect(mayMove([move()], [...rules, bound]).answer).toBe('refused');
      expect(mayMove([move()], rules.toReversed()).answer).toBe(mayMove([move()], rules).answer);
    }),
  );
});

test('the ocean is as wide as it is', () => {
  expect(Math.round(distanceKm({ lat: 0, lon: 0 }, { lat: 90, lon: 0 }))).toBe(10_008);
  // London to New York
  expect(Math.round(distanceKm({ lat: 51.5074, lon: -0.1278 }, { lat: 40.7128, lon: -74.006 }))).toBe(5570);
  expect(distanceKm(austin, austin)).toBe(0);
});
