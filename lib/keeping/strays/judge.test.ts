import { expect, test } from 'vitest';
import type { Sighting } from '@/lib/deploying/kinds/survey';
import { type KnownDeployment, type KnownPart, straysIn } from './judge';

const id = 'dep_abcdefgh000000000000';
const part = (more: Partial<KnownPart> = {}): KnownPart => ({ key: 'server-1', wanted: 'present', phase: 'ready', cloudId: 'c1', ...more });
const deployment = (more: Partial<KnownDeployment> = {}): KnownDeployment => ({
  id,
  userId: 'ann',
  deleted: true,
  settled: false,
  parts: [part({ phase: 'gone', wanted: 'absent', cloudId: null })],
  ...more,
});
const thing = (more: Partial<Sighting> = {}): Sighting => ({ kind: 'server', id: 's1', name: 'abcdefgh-server-1', ...more });
const living = (parts: KnownPart[], more: Partial<KnownDeployment> = {}) => deployment({ deleted: false, settled: true, parts, ...more });

const listed = (seen: Sighting[], known: KnownDeployment[]) =>
  straysIn('ann', seen, known).map(({ sighting, key, adoptable }) => [sighting.id, key, adoptable]);

test.each<[string, Sighting[], KnownDeployment[], unknown[]]>([
  ['what carries the name of a deleted deployment’s part', [thing()], [deployment()], [['s1', 'server-1', false]]],
  [
    'what is noted to be of it, whatever it is called now',
    [thing({ name: 'mine', deployment: id })],
    [deployment()],
    [['s1', null, false]],
  ],
  ['what is there beside the part that a deployment has', [thing(), thing({ id: 'c1' })], [living([part()])], [['s1', 'server-1', false]]],
  ['what came after it was given up', [thing()], [living([part({ phase: 'failed', cloudId: null })])], [['s1', 'server-1', true]]],
  ['what came in the place of one that is gone', [thing()], [living([part({ phase: 'failed' })])], [['s1', 'server-1', true]]],
  [
    'what stayed when the node went',
    [thing()],
    [living([part({ phase: 'gone', wanted: 'absent', cloudId: null })])],
    [['s1', 'server-1', false]],
  ],
])('listed is %s', (_what, seen, known, expected) => {
  expect(listed(seen, known)).toEqual(expected);
});

const other = 'dep_zzzzzzzz000000000000';
test.each<[string, Sighting[], KnownDeployment[]]>([
  ['what has another name', [thing({ name: 'server-1' })], [deployment()]],
  ['what only begins like it', [thing({ name: 'abcdefgh-mine' })], [deployment()]],
  ['what only begins like a part', [thing({ name: 'abcdefgh-server-10' })], [deployment()]],
  ['what is noted to be another installation’s, though it has our name', [thing({ deployment: other })], [deployment()]],
  ['what is another person’s', [thing()], [deployment({ userId: 'bob' })]],
  ['what a deployment has', [thing({ id: 'c1' })], [living([part()])]],
  ['what another’s deployment has', [thing()], [deployment(), living([part({ cloudId: 's1' })], { id: other, userId: 'bob' })]],
  ['what could be of two', [thing()], [deployment(), deployment({ id: `${id.slice(0, -1)}1` })]],
  ['what a pass is about to find', [thing()], [living([part({ phase: 'creating', cloudId: null })])]],
  ['what is being made anew', [thing()], [living([part({ phase: 'planned', cloudId: null })])]],
  ['what may be the one that is missing', [thing()], [living([part()])]],
  [
    'what a deployment that is being changed may have made',
    [thing()],
    [living([part({ phase: 'failed', cloudId: null })], { settled: false })],
  ],
])('not listed is %s', (_what, seen, known) => {
  expect(listed(seen, known)).toEqual([]);
});

test.each<[string, KnownPart, boolean]>([
  ['has given it up', part({ phase: 'failed', cloudId: null }), true],
  ['wants it no more', part({ phase: 'failed', cloudId: null, wanted: 'absent' }), false],
  ['has another that failed', part({ phase: 'failed', cloudId: 'c1' }), false],
])('it can be taken up where its deployment %s: %s', (_what, of, adoptable) => {
  expect(listed([thing(), thing({ id: 'c1', name: 'x' })], [living([of])])).toEqual([['s1', 'server-1', adoptable]]);
});
