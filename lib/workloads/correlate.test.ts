import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Crossings, correlate, objectIn, type SeenJob } from './correlate';

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, second)).toISOString();
const seen = (
  cluster: string,
  name: string,
  second: number,
  state: SeenJob['job']['state'] = 'Succeeded',
  object: string | null = null,
): SeenJob => ({
  cluster,
  service: 'fish',
  object,
  job: { name, state, createdAt: at(second), startedAt: null, finishedAt: null },
});
const named: Crossings = { us: { from: 'eu', keepsNames: true } };
const unnamed: Crossings = { us: { from: 'eu', keepsNames: false } };
const short = (jobs: SeenJob[], crossings: Crossings) =>
  correlate(jobs, crossings).map(({ id, origin, ranAt, crossed, state }) => `${id}: ${origin} → ${ranAt} ${crossed} ${state}`);

test.each<[string, SeenJob[], Crossings, string[]]>([
  ['one that stayed', [seen('eu', 'a', 1)], named, ['a: eu → eu false Succeeded']],
  ['one that crossed and kept its name', [seen('eu', 'a', 1, 'Pending'), seen('us', 'a', 60)], named, ['a: eu → us true Succeeded']],
  ['one that crossed before it was written down', [seen('us', 'a', 60)], named, ['a: eu → us true Succeeded']],
  ['one at a cluster that takes from nobody', [seen('pt', 'a', 1)], named, ['a: pt → pt false Succeeded']],
  [
    'another name at the worker',
    [seen('eu', 'a', 1), seen('us', 'b', 60)],
    named,
    ['a: eu → eu false Succeeded', 'b: eu → us true Succeeded'],
  ],
  [
    'one known by its object',
    [seen('eu', 'a', 1, 'Pending', 'fish/1'), seen('us', 'b', 60, 'Running', 'fish/1')],
    unnamed,
    ['a: eu → us true Running'],
  ],
  [
    'two objects',
    [seen('eu', 'a', 1, 'Pending', 'fish/1'), seen('us', 'b', 60, 'Running', 'fish/2')],
    unnamed,
    ['a: eu → eu false Pending', 'b: eu → us true Running'],
  ],
  [
    'an older job of the same object',
    [seen('us', 'b', 1, 'Succeeded', 'fish/1'), seen('eu', 'a', 60, 'Pending', 'fish/1')],
    unnamed,
    ['b: eu → us true Succeeded', 'a: eu → eu false Pending'],
  ],
  [
    'one object put twice',
    [
      seen('eu', 'a', 1, 'Pending', 'fish/1'),
      seen('us', 'c', 40, 'Succeeded', 'fish/1'),
      seen('eu', 'b', 50, 'Pending', 'fish/1'),
      seen('us', 'd', 90, 'Running', 'fish/1'),
    ],
    unnamed,
    ['a: eu → us true Succeeded', 'b: eu → us true Running'],
  ],
  [
    'objects that nobody knows',
    [seen('eu', 'a', 1), seen('us', 'b', 2)],
    unnamed,
    ['a: eu → eu false Succeeded', 'b: eu → us true Succeeded'],
  ],
])('%s', (_what, jobs, crossings, expected) => {
  expect(short(jobs, crossings)).toEqual(expected);
});

test('each listing is in one row, and nothing is lost or invented', () => {
  const one = fc.record({
    cluster: fc.constantFrom('eu', 'us', 'pt'),
    name: fc.constantFrom('a', 'b', 'c'),
    second: fc.nat(1000),
    object: fc.option(fc.constantFrom('fish/1', 'fish/2')),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(one, { selector: ({ cluster, name }) => `${cluster} ${name}`, maxLength: 9 }),
      fc.boolean(),
      (jobs, keepsNames) => {
        const listed = jobs.map(({ cluster, name, second, object }) => seen(cluster, name, second, 'Running', object));
        const rows = correlate(listed, { us: { from: 'eu', keepsNames } });
        const there = rows.flatMap((row) => row.seen.map(({ cluster, name }) => `${cluster} ${name}`)).sort();
        expect(there).toEqual(listed.map(({ cluster, job }) => `${cluster} ${job.name}`).sort());
        for (const row of rows) if (row.crossed) expect(row.ranAt).toBe('us');
      },
    ),
  );
});

test.each([
  ['{"EventName":"s3:ObjectCreated:Put","Key":"fish/input/a b.jpg","Records":[]}', 'fish/input/a b.jpg'],
  ['{"storage_provider":"eu","event":"{\\"EventName\\":\\"x\\",\\"Key\\":\\"fish/input/a.jpg\\"}"}', 'fish/input/a.jpg'],
  ['{"Key":"fish/\\u00e9"}', 'fish/é'],
  ['hello', null],
  ['', null],
])('%s is of the object %s', (event, object) => {
  expect(objectIn(event)).toBe(object);
});
