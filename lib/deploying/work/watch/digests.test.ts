import { describe, expect, test } from 'vitest';
import type { Found, KindName } from '../../kinds';
import { digestsOf, newsIn, type Watched } from './digests';

const [ada, ben] = ['dep_aaaaaaaa000000000000', 'dep_bbbbbbbb000000000000'] as const;
const watched = (id: string, kinds: KindName[] = ['server', 'router'], known: string[] = []): Watched => ({
  id,
  kinds: new Set(kinds),
  known: new Set(known),
});
const found = (more: Partial<Found>): Found => ({
  id: 's1',
  name: 'aaaaaaaa-server-front',
  state: 'ready',
  observed: {},
  parts: [],
  ...more,
});
const both = [watched(ada), watched(ben)];
const see = (servers: Found[], of = both) => digestsOf(of, new Map<KindName, Found[]>([['server', servers]]));

test('what is listed in another order is seen the same', () => {
  const [one, two] = [found({ id: 's1', parts: ['a', 'b'] }), found({ id: 's2', name: 'aaaaaaaa-server-worker-1' })];
  expect(see([one, two])).toEqual(see([two, { ...one, parts: ['b', 'a'] }]));
  expect(one.parts).toEqual(['a', 'b']);
});

test.each<[what: string, change: Partial<Found>]>([
  ['another thing', { id: 's9' }],
  ['its state', { state: 'stopped' }],
  ['what is observed of it', { observed: { status: 'ACTIVE' } }],
  ['a part', { parts: ['a rule'] }],
  ['what is wrong with it', { trouble: { detail: 'A host is broken.', remedy: '' } }],
])('%s makes it another sight, for the one that it is of', (_, change) => {
  const [before, after] = [see([found({})]), see([found(change)])];
  expect(after.get(ada)).not.toEqual(before.get(ada));
  expect(after.get(ben)).toEqual(before.get(ben));
});

test('a digest is short', () => {
  expect(see([found({})]).get(ada)).toEqual({ server: expect.stringMatching(/^[\w-]{16}$/) });
});

test('one that is gone, and one that nobody had, make another sight', () => {
  const before = see([found({})]).get(ada);
  expect(see([]).get(ada)).not.toEqual(before);
  expect(see([found({}), found({ id: 's2' })]).get(ada)).not.toEqual(before);
});

describe('whose it is', () => {
  test('by the id that the ledger has of it, whatever its name is: of all that use it', () => {
    const of = [watched(ada, ['router'], ['r1']), watched(ben, ['router'], ['r1', 'r2'])];
    const at = (routers: Found[]) => digestsOf(of, new Map<KindName, Found[]>([['router', routers]]));
    const router = found({ id: 'r1', name: 'campus' });
    const [before, after] = [at([router]), at([{ ...router, observed: { gateway: '192.0.2.1' } }])];
    expect(before.get(ada)).toEqual(before.get(ben));
    for (const id of [ada, ben]) expect(after.get(id)).not.toEqual(before.get(id));
    expect(at([router, { ...router, id: 'r2' }]).get(ada)).toEqual(before.get(ada));
  });
  test('nobody’s is left out, and so is one that says that it is another’s', () => {
    const none = see([]);
    expect(see([found({ name: 'cccccccc-server-front' }), found({ name: 'aaaaaaaa' })])).toEqual(none);
    expect(see([found({ observed: { deployment: ben } })])).toEqual(none);
    expect(see([found({ observed: { deployment: ada } })]).get(ada)).not.toEqual(none.get(ada));
  });
});

test('of kinds that it has, and that could be listed', () => {
  expect(Object.keys(see([]).get(ada) ?? {})).toEqual(['server']);
  expect(see([found({})], [watched(ada, ['router'])]).get(ada)).toEqual({});
});

test('news are what is seen otherwise, or for the first time; what could not be seen now is none', () => {
  expect(newsIn({ a: '1', b: '2' }, { a: '1', b: '3', c: '4' })).toEqual(['b', 'c']);
  expect(newsIn({ a: '1', b: '2' }, { b: '2' })).toEqual([]);
});
