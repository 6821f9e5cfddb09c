import { CompiledQuery, type KyselyPlugin, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDeployments } from '../deployments/list';
import { readEvents, readLog } from '../deployments/parts';
import { openTestApi, type TestApi } from '../fixtures';
import { encodeCursor } from '../http/paging';
import type { Services } from '../services';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  // so few rows would be read whole; this makes the database say which way it takes among many
  await sql`set enable_seqscan = off`.execute(api.store.db);
  await sql`set enable_sort = off`.execute(api.store.db);
  await sql`set enable_bitmapscan = off`.execute(api.store.db);
});
afterAll(() => api.store.close());

/** The queries that some work sends, each with the database's way to answer it. */
async function queriesOf(work: (services: Services) => Promise<unknown>): Promise<{ text: string; way: string }[]> {
  const { db } = api.store;
  const sent: CompiledQuery[] = [];
  const recorder: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      sent.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await work({ ...api.services, store: { ...api.store, db: db.withPlugin(recorder) } });
  return Promise.all(
    sent.map(async ({ sql: text, parameters }) => {
      const { rows } = await db.executeQuery<Record<string, string>>(CompiledQuery.raw(`explain ${text}`, [...parameters]));
      return { text, way: rows.map((row) => row['QUERY PLAN']).join('\n') };
    }),
  );
}

const deepCursor = encodeCursor(['2026-01-01T00:00:00.000Z', 'dep-1']);

test.each([undefined, deepCursor])(
  'deployments are listed in the order of an index, and without their plans (cursor %s)',
  async (cursor) => {
    const [list] = await queriesOf((services) => listDeployments(services, 'owner', { limit: 50, cursor }));
    expect(list?.text).not.toMatch(/\bplan\b|\*/);
    expect(list?.way).toContain('deployments_user');
    expect(list?.way).not.toContain('Sort');
    if (cursor) expect(list?.way).toMatch(/Index Cond: .*ROW\(created_at, id\) </);
  },
);

test.each([
  ['events', 'events_deployment', (services: Services) => readEvents(services, 'dep-1', { limit: 50, after: 4000 })],
  ['the log', 'log_lines_deployment', (services: Services) => readLog(services, 'dep-1', undefined, { limit: 50, after: 4000 })],
  [
    'the log of a node',
    'log_lines_(node|deployment)',
    (services: Services) => readLog(services, 'dep-1', 'front', { limit: 50, after: 4000 }),
  ],
])('%s: a page begins where an index says, however deep', async (_name, index, read) => {
  const [query] = await queriesOf(read);
  expect(query?.way).toMatch(new RegExp(`Index Scan using ${index}`));
  expect(query?.way).toMatch(/Index Cond: .*id > /);
  expect(query?.way).not.toContain('Sort');
});

test.each([
  ['', ['amiss', 'down', 'grows', 'in-part', 'no-nodes', 'starts', 'whole']],
  ['state=ready,degraded,updating&working=true', ['amiss', 'grows', 'in-part', 'no-nodes', 'whole']],
  ['working=true', ['amiss', 'grows', 'in-part', 'no-nodes', 'whole']],
  ['state=degraded', ['amiss', 'down', 'in-part', 'no-nodes']],
])('of deployments in which none, some or all nodes work “%s” lists %j', async (query, names) => {
  const { id: user_id } = await api.store.db.selectFrom('users').select('id').where('id', '=', 'owner').executeTakeFirstOrThrow();
  const row = (id: string, state: 'ready' | 'degraded' | 'updating', nodes_ready: number, nodes_total: number) => ({
    id: `list-${id}`,
    name: id,
    state,
    nodes_ready,
    nodes_total,
    user_id,
    recipe: 'slurm',
    request: '{}',
    plan: '{}',
    sites: ['lab'],
    created_at: api.clock.now(),
  });
  const rows = [
    row('whole', 'ready', 3, 3),
    row('in-part', 'degraded', 1, 3),
    row('down', 'degraded', 0, 3),
    row('amiss', 'degraded', 3, 3),
    row('no-nodes', 'degraded', 0, 0),
    row('grows', 'updating', 3, 4),
    row('starts', 'updating', 0, 4),
  ];
  await api.store.db
    .insertInto('deployments')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { json } = await api.call('GET', `/deployments?${query}`, api.as.owner);
  expect(json.items.map(({ name }: { name: string }) => name).toSorted()).toEqual(names);
});
