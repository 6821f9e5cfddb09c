import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

let sandbox: TestSandbox;
let api: TestApi;
let id: string;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const europe: SiteConfig = {
    id: 'europe',
    name: 'Europe',
    kind: 'egi',
    methods: ['oidc'],
    protocol: 'openid',
    provider: 'op',
    identityProvider: 'egi.eu',
    allowPrivate: true,
    authUrl: `${sandbox.url}/europe/v3`,
  };
  api = await openTestApi({ connectCloud, listProjects, sites: [europe] });
  const { access_token } = await signIn(sandbox.url, 'ada');
  await api.services.credentials.grants.keep('owner', 'op', { accessToken: new Secret(access_token), expiresIn: 3600 });
  id = await standing({ name: 'Mine' });
});

async function standing(about: object): Promise<string> {
  const at = { site: 'europe', credential: 'oidc:europe' };
  const body = {
    recipe: 'slurm',
    inputs: { worker_count: 2, allowed_cidr: '0.0.0.0/0' },
    // as the form sends it: with the flavor that it had proposed
    placement: { controller: at, workers: { ...at, flavor: 'm1.tiny' } },
    ...about,
  };
  const { status, json, text } = await api.call('POST', '/deployments', api.as.owner, body);
  expect(status, text).toBe(202);
  await api.store.db.updateTable('deployments').set({ state: 'ready', ready_at: api.clock.now() }).where('id', '=', json.id).execute();
  return json.id;
}
afterAll(async () => {
  await api.store.close();
  await closeDoors();
  await sandbox.end();
});

const preview = async (body: object, of = id) => {
  const { status, json, text } = await api.call('PATCH', `/deployments/${of}?dryRun=true`, api.as.owner, body);
  expect(status, text).toBe(200);
  return json;
};

test('more workers: what comes, which steps run again where, and what it takes, with nothing else touched', async () => {
  const seen = await preview({ groups: { workers: { count: 4 } } });
  expect(seen).toMatchObject({
    nothing: false,
    effect: 'reload',
    added: [{ hostname: 'slurm-worker-3' }, { hostname: 'slurm-worker-4' }],
    removed: [],
    changed: [],
    problems: [],
    before: { nodes: 3 },
    after: { nodes: 5 },
    inTurn: false,
  });
  expect(seen.nodes).toMatchObject([
    {
      hostname: 'slurm-controller',
      steps: ['Share the home folders', 'Start the controller', 'Prove that jobs run on all workers'],
      remade: false,
    },
  ]);
});

test('which machines are resized is told, beside the steps that run for another reason', async () => {
  const { nodes } = await preview({ inputs: { worker_memory: '3 GiB', packages: ['jq'] } });
  expect(nodes).toMatchObject([
    { hostname: 'slurm-controller', resized: false, remade: false, steps: ['Install SLURM'] },
    { hostname: 'slurm-worker-1', resized: true, remade: false },
    { hostname: 'slurm-worker-2', resized: true, remade: false },
  ]);
});

test('fewer workers: those that are chosen go, after their work was seen to', async () => {
  expect(await preview({ removeNodes: ['workers-1'] })).toMatchObject({
    effect: 'reload',
    removed: [{ hostname: 'slurm-worker-1' }],
    drains: true,
  });
});

test.each([
  ['the same again is nothing', { inputs: { partition: 'main' } }, { nothing: true, effect: 'none' }],
  ['another name of the queue', { inputs: { partition: 'long' } }, { nothing: false, effect: 'reload', inTurn: false }],
  [
    'larger workers get their size where they stand, in turn',
    { inputs: { worker_memory: '3 GiB' } },
    { effect: 'rolling', inTurn: true, resizable: true },
  ],
  [
    'larger workers are made anew where that is asked for',
    { inputs: { worker_memory: '3 GiB' }, machines: 'rebuild' },
    { effect: 'recreate', inTurn: true, resizable: true },
  ],
  [
    'an answer that the machines that stand do for is noted, and does nothing',
    { inputs: { worker_memory: '512 MiB' } },
    { nothing: false, effect: 'none', changed: [], resizable: false },
  ],
  ['what the recipe says nothing of', { inputs: { shared_home: 'none' } }, { effect: 'data-lost' }],
])('%s', async (_name, body, expected) => {
  expect(await preview(body)).toMatchObject(expected);
});

test.each([
  ['fewer than the recipe takes', { groups: { workers: { count: 0 } } }, 'groups.workers.count'],
  ['more than the quota', { groups: { workers: { count: 60 } } }, 'groups.workers.count'],
  ['an input that can’t be', { inputs: { partition: 'No!' } }, 'inputs.partition'],
])('%s is told by its field, and refused when it is asked for', async (_name, body, field) => {
  const { problems } = await preview(body);
  expect(problems.map((each: { field?: string }) => each.field)).toContain(field);
  const { status, json } = await api.call('PATCH', `/deployments/${id}`, api.as.owner, body);
  expect([409, 422]).toContain(status);
  expect(json.fields.map(({ path }: { path: string }) => path)).toContain(field);
  expect((await api.call('GET', `/deployments/${id}`, api.as.owner)).json).toMatchObject({
    revision: 1,
    updating: null,
    nodes: { total: 3 },
  });
});

test('an add-on that comes: its steps on the machines that stand, the doors that it opens, and nothing made anew', async () => {
  const seen = await preview({ addOns: ['monitoring'], inputs: { monitoring_cidr: '192.0.2.0/24' } });
  expect(seen).toMatchObject({
    nothing: false,
    effect: 'reload',
    effects: [{ effect: 'reload', because: 'monitoring', what: 'add-on' }],
    addOns: { added: ['monitoring'], removed: [], left: [] },
    added: [],
    removed: [],
    problems: [],
  });
  expect(seen.changed.every((each: { kind: string; effect: string }) => each.kind === 'securityGroup' && each.effect === 'none')).toBe(
    true,
  );
  expect(seen.nodes).toMatchObject([
    { hostname: 'slurm-controller', steps: ['Measure the machine', 'Watch all machines'], remade: false },
    { hostname: 'slurm-worker-1', steps: ['Measure the machine'], remade: false },
    { hostname: 'slurm-worker-2', steps: ['Measure the machine'], remade: false },
  ]);
  expect(seen.rules.opened).toContainEqual(expect.objectContaining({ protocol: 'tcp', fromPort: 9090, from: '192.0.2.0/24' }));
  expect(seen.rules.closed).toEqual([]);
});

test('a door of which nobody has said who may pass is not told as one that lets everybody in', async () => {
  const { rules, problems } = await preview({ addOns: ['monitoring'] });
  expect(problems).toMatchObject([{ severity: 'error', field: 'inputs.monitoring_cidr' }]);
  expect(rules.opened.filter(({ from }: { from: string }) => from === '0.0.0.0/0')).toEqual([]);
});

test.each([
  ['one that there is not', { addOns: ['no-such'] }, 'addOns'],
  ['one for another recipe', { addOns: ['jupyterhub-kubernetes'] }, 'addOns'],
  ['one whose door nobody has said who may pass', { addOns: ['monitoring'] }, 'inputs.monitoring_cidr'],
  ['an answer to what no add-on asks', { inputs: { monitoring_days: 3 } }, 'inputs.monitoring_days'],
])('an add-on that can’t be is refused by its field: %s', async (_name, body, field) => {
  const { json } = await api.call('PATCH', `/deployments/${id}`, api.as.owner, body);
  expect(json.fields.map(({ path }: { path: string }) => path)).toContain(field);
});

test('an add-on that goes is taken off its machines first; called off, it is put there anew', async () => {
  const other = await standing({
    name: 'Watched',
    addOns: ['monitoring'],
    inputs: { worker_count: 2, allowed_cidr: '0.0.0.0/0', monitoring_cidr: '192.0.2.0/24' },
  });
  const wish = { addOns: [] };
  const seen = await preview(wish, other);
  expect(seen).toMatchObject({ effect: 'reload', drains: true, addOns: { added: [], removed: ['monitoring'], left: [] }, problems: [] });
  expect(seen.seconds).toBeGreaterThan(0);
  expect(seen.rules.closed.map(({ fromPort }: { fromPort: number }) => fromPort)).toContain(9090);

  const { json } = await api.call('PATCH', `/deployments/${other}`, api.as.owner, wish);
  expect(json).toMatchObject({ state: 'updating', updating: { stage: 'draining', back: false } });
  const stored = () =>
    api.store.db.selectFrom('deployments').select(['plan', 'request', 'updating']).where('id', '=', other).executeTakeFirstOrThrow();
  const { updating } = await stored();
  expect(updating?.drain.map(({ node, step }) => `${node} ${step.name}`)).toEqual([
    'controller prometheus.delete',
    'controller exporter_controller.delete',
    'workers-1 exporter_workers.delete',
    'workers-2 exporter_workers.delete',
  ]);

  await api.call('POST', `/deployments/${other}/actions`, api.as.owner, { action: 'cancel' });
  const back = await stored();
  expect(back.updating).toMatchObject({
    back: true,
    waiting: [
      { node: 'controller', steps: ['exporter_controller.configure', 'prometheus.configure'], remake: [] },
      { node: 'workers-1', steps: ['exporter_workers.configure'] },
      { node: 'workers-2', steps: ['exporter_workers.configure'] },
    ],
  });
  expect(JSON.stringify(back.plan)).not.toContain('.delete');
  const { json: versions } = await api.call('GET', `/deployments/${other}/versions`, api.as.owner);
  expect(versions.items[0]).toMatchObject({ undone: true, change: { addOns: { added: [], removed: ['monitoring'] } } });
});

test('another image: its machines are made anew in turn, and one that its site has not is refused', async () => {
  const { json: facts } = await api.call('GET', '/sites/europe/facts', api.as.owner);
  const before = JSON.stringify(
    (await api.store.db.selectFrom('deployments').select('plan').where('id', '=', id).executeTakeFirstOrThrow()).plan,
  );
  const other = facts.images.find((each: { id: string; distro?: string }) => each.distro === 'debian' && !before.includes(each.id));
  const seen = await preview({ images: { workers: { image: other.id } } });
  expect(seen.effects).toContainEqual(expect.objectContaining({ because: 'workers', what: 'image' }));
  expect(seen).toMatchObject({ nothing: false, effect: 'recreate', inTurn: true, problems: [] });
  expect(seen.nodes.map(({ hostname, remade }: { hostname: string; remade: boolean }) => `${hostname} ${remade}`)).toEqual([
    'slurm-worker-1 true',
    'slurm-worker-2 true',
  ]);
  expect(await preview({ images: { controller: { image: other.id } } })).toMatchObject({ effect: 'data-lost', inTurn: true });
  const { problems } = await preview({ images: { workers: { image: 'no-such' } } });
  expect(problems).toMatchObject([{ code: 'image-not-found', field: 'images.workers' }]);
  const { json } = await api.call('PATCH', `/deployments/${id}`, api.as.owner, { images: { gpus: { image: other.id } } });
  expect(json.fields).toMatchObject([{ path: 'images.gpus' }]);
});

test('what loses data by its steps makes no machine anew: a cluster goes back to the snapshot that is on its control plane', async () => {
  const placement = Object.fromEntries(['control_plane', 'workers'].map((group) => [group, { site: 'europe', credential: 'oidc:europe' }]));
  const inputs = { worker_count: 1, ssh_cidr: '0.0.0.0/0', api_cidr: '0.0.0.0/0', node_port_cidr: '0.0.0.0/0' };
  const other = await standing({ recipe: 'kubernetes', name: 'Snapshots', inputs, placement });
  expect(await preview({ inputs: { restore_snapshot: '20260101T000000Z' } }, other)).toMatchObject({
    effect: 'data-lost',
    problems: [],
    nodes: [{ hostname: 'kube-control', remade: false, steps: ['Go back to a snapshot where one is asked for'] }],
  });
});

test('a worker that stays is drained by the controller’s own step for nodes that leave, and only what can be drained is', async () => {
  const ask = (body: object) => api.call('POST', `/deployments/${id}/actions`, api.as.owner, body);
  const { json: listed } = await api.call('GET', `/deployments/${id}/nodes`, api.as.owner);
  expect(listed.items.map(({ drains, drainedAt }: { drains: boolean; drainedAt: null }) => [drains, drainedAt])).toEqual([
    [false, null],
    [true, null],
    [true, null],
  ]);
  for (const [body, message] of [
    [{ action: 'drain', nodes: ['controller'] }, 'The recipe has no step that drains slurm-controller while it stays.'],
    [{ action: 'drain', nodes: ['workers-9'] }, 'There is no node workers-9.'],
    [{ action: 'resume', nodes: ['workers-1'] }, 'slurm-worker-1 was not drained here.'],
    [{ action: 'drain' }, 'Name the nodes that are meant.'],
  ] as const) {
    const { status, json } = await ask(body);
    expect([status, json.fields[0].message]).toEqual([422, message]);
  }
  expect((await ask({ action: 'drain', nodes: ['workers-1'] })).status).toBe(409);

  await api.store.db.updateTable('nodes').set({ state: 'ready', heard_at: api.clock.now() }).where('deployment_id', '=', id).execute();
  expect((await ask({ action: 'drain', nodes: ['workers-1'], jobs: 'requeue' })).status).toBe(202);
  const { updating } = await api.store.db.selectFrom('deployments').select('updating').where('id', '=', id).executeTakeFirstOrThrow();
  expect(updating).toMatchObject({ from: 1, to: 1, stage: 'draining', running: ['controller'], leaving: [] });
  expect(updating?.drain.map(({ step }) => step.env)).toMatchObject([{ LEAVING: 'slurm-worker-1', LEAVING_WAY: 'requeue' }]);
  await api.store.db.updateTable('deployments').set({ updating: null, state: 'ready' }).where('id', '=', id).execute();
});

test('a change that is begun is the new plan, and its steps wait for their turn', async () => {
  const { status, json, text } = await api.call('PATCH', `/deployments/${id}`, api.as.owner, {
    groups: { workers: { count: 3 } },
    name: 'Ours',
  });
  expect(status, text).toBe(200);
  expect(json).toMatchObject({ name: 'Ours', state: 'updating', revision: 2, inputs: { worker_count: 3 }, updating: { stage: 'making' } });
  const { json: nodes } = await api.call('GET', `/deployments/${id}/nodes`, api.as.owner);
  expect(nodes.items.map(({ key }: { key: string }) => key)).toEqual(['controller', 'workers-1', 'workers-2', 'workers-3']);
});
