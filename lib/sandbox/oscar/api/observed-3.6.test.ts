import { afterEach, expect, test } from 'vitest';
import { startTestOscar, type TestOscar } from '../testing/start';

// Facts observed of OSCAR 3.6.5 itself, on a Kubernetes and a MinIO of their own (docs/testing.md says how), in the form of the sandbox's tests.
const open: TestOscar[] = [];
async function start(dialect: '3.6' | '4.1' = '3.6'): Promise<TestOscar> {
  const oscar = await startTestOscar(dialect, { definition: { serverless: false, oidc: null } });
  open.push(oscar);
  return oscar;
}
afterEach(async () => {
  for (const oscar of open.splice(0)) await oscar.end();
});

const place = (path: string) => ({ storage_provider: 'minio.default', path });
const service = (more: Record<string, unknown> = {}) => ({
  name: 'cmp',
  image: 'transat/word-count:1',
  script: '#!/bin/sh\nwc',
  cpu: '0.1',
  memory: '64Mi',
  input: [place('cmp/in')],
  output: [place('cmp/out')],
  ...more,
});
const bare = (more: Record<string, unknown> = {}) => service({ name: 'no', input: [], output: [], ...more });

test('a service is shown with what is empty as zero, and without what Go leaves out', async () => {
  const oscar = await start();
  await oscar.ask('POST', '/system/services', service());
  expect((await oscar.ask('GET', '/system/services/cmp')).json).toEqual({
    name: 'cmp',
    cluster_id: '',
    memory: '64Mi',
    cpu: '0.1',
    total_memory: '',
    total_cpu: '',
    enable_gpu: false,
    enable_sgx: false,
    image_prefetch: false,
    synchronous: { min_scale: 0, max_scale: 0 },
    log_level: 'INFO',
    image: 'transat/word-count:1',
    alpine: false,
    token: expect.stringMatching(/^[0-9a-f]{64}$/),
    file_stage_in: false,
    input: [place('cmp/in')],
    output: [place('cmp/out')],
    script: '#!/bin/sh\nwc',
    expose: {
      min_scale: 0,
      max_scale: 0,
      cpu_threshold: 0,
      rewrite_target: false,
      nodePort: 0,
      default_command: false,
      set_auth: false,
      health_path: '',
    },
    environment: { variables: {}, secrets: {} },
    annotations: {},
    vo: '',
    labels: { applicationId: 'cmp', oscar_service: 'cmp', queue: 'root.oscar-queue.cmp' },
    storage_providers: {
      minio: {
        default: { endpoint: expect.any(String), verify: false, access_key: 'hidden', secret_key: 'hidden', region: 'us-east-1' },
      },
    },
    delegation: '',
    rescheduler_threshold: 0,
    owner: 'cluster_admin',
    namespace: 'oscar-svc',
    interlink_node_name: '',
    visibility: 'private',
    allowed_users: [],
    isolation_level: '',
    bucket_list: [],
    mount: { storage_provider: '', path: '' },
  });
});

test('4.1.2 shows no ports of nodes, and more of labels and volumes', async () => {
  const oscar = await start('4.1');
  await oscar.ask('POST', '/system/services', bare());
  const { json } = await oscar.ask('GET', '/system/services/no');
  expect(json).toMatchObject({
    expose: {
      min_scale: 0,
      max_scale: 0,
      cpu_threshold: 0,
      rewrite_target: false,
      default_command: false,
      set_auth: false,
      health_path: '',
    },
    labels: { 'oscar.grycap/user-service': 'true' },
    ephemeral_storage_request: '',
    volume_status: { enabled: false },
  });
  for (const left of ['federation', 'clusters', 'image_pull_secrets', 'volume']) expect(json).not.toHaveProperty(left);
  expect(json).not.toHaveProperty('expose.nodePort');
});

test('of what it is, it tells no allowed images, and one group without a name where it takes none', async () => {
  const { json } = await (await start()).ask('GET', '/system/config');
  expect(json).toMatchObject({ config: { oidc_groups: [''] } });
  expect(json).not.toHaveProperty('allowed_image_repositories');
});

test.each<[string, string, unknown, Record<string, string>, number, string]>([
  ['POST', '/job/none', 'x', {}, 404, ''],
  ['POST', '/job/none', 'x', { authorization: '' }, 404, ''],
  ['POST', '/job/none', 'x', { authorization: `Bearer ${'0'.repeat(64)}` }, 404, ''],
  ['DELETE', '/system/logs/none/none', undefined, {}, 404, ''],
  [
    'GET',
    '/system/logs/cmp?page=x',
    undefined,
    {},
    500,
    'invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
  ],
  ['POST', '/system/buckets', '{', {}, 400, 'The Bucket specification is not valid: unexpected EOF'],
  ['POST', '/system/buckets', { bucket_name: 'other', visibility: 'x' }, {}, 201, ''],
  [
    'POST',
    '/system/buckets/cmp/presign',
    { object_key: 'x', operation: 'upload', expires_in: 3601 },
    {},
    400,
    'Invalid expiration requested: 3601. Allowed range is 1-3600 seconds',
  ],
])('%s %s %j %j is %i %j', async (method, path, body, headers, status, text) => {
  const oscar = await start();
  await oscar.ask('POST', '/system/services', service());
  expect(await oscar.ask(method, path, body, headers)).toMatchObject({ status, text });
});

const env =
  'template.spec.containers[0].env[1].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\'';
test.each<[string, Record<string, unknown>, number, string]>([
  ['dots in its name', { name: 'fish.er' }, 201, ''],
  ['less than no CPU', { cpu: '-1' }, 500, 'resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0'],
  ['CPU with an exponent', { cpu: '1e2' }, 201, ''],
  ['thousandths of CPU', { cpu: '500m' }, 201, ''],
  ['CPU after a blank', { cpu: ' 1' }, 500, 'quantities must match'],
  ['memory in megabytes', { memory: '256MB' }, 500, 'quantities must match'],
  ['a variable that begins with a digit', { environment: { variables: { '1BAD': 'x' } } }, 201, ''],
  [
    'a variable with an equals sign',
    { environment: { variables: { 'BAD KEY': 'x', 'a=b': 'y' } } },
    500,
    `PodTemplate "no" is invalid: ${env}`,
  ],
  [
    'a label that is none',
    { labels: { 'bad label': 'x' } },
    500,
    'PodTemplate "no" is invalid: metadata.labels: Invalid value: "bad label"',
  ],
  ['a label of no value', { labels: { good: 'bad value!' } }, 500, 'metadata.labels: Invalid value: "bad value!"'],
  ['an annotation that is none', { annotations: { 'bad key!': 'x' } }, 500, 'metadata.annotations: Invalid value: "bad key!"'],
  ['any value of an annotation', { annotations: { good: 'any thing!' } }, 201, ''],
])('a service with %s is made or refused as Kubernetes has it', async (_what, more, status, words) => {
  const oscar = await start();
  const made = bare(more);
  expect(await oscar.ask('POST', '/system/services', made)).toMatchObject({ status, text: expect.stringContaining(words) });
  expect((await oscar.ask('GET', `/system/services/${made.name}`)).status).toBe(status === 201 ? 200 : 404);
});

test('of a secret that Kubernetes does not keep, 3.6.5 complains, and the service is there; 4.1.2 makes none', async () => {
  for (const [dialect, there] of [
    ['3.6', 200],
    ['4.1', 404],
  ] as const) {
    const oscar = await start(dialect);
    expect(await oscar.ask('POST', '/system/services', bare({ environment: { secrets: { 'BAD KEY': 'x' } } }))).toMatchObject({
      status: 409,
      text: expect.stringContaining('Error creating secrets for service: Secret "no" is invalid: data[BAD KEY]: Invalid value: "BAD KEY"'),
    });
    expect((await oscar.ask('GET', '/system/services/no')).status).toBe(there);
  }
});

test.each([{ input: [place('no')] }, { input: [place('/')] }, { output: [place('no')] }, { output: [place('')] }])(
  'over a place without a folder it stumbles without a word, and the service stays: %j',
  async (more) => {
    const oscar = await start();
    expect(await oscar.ask('POST', '/system/services', bare(more))).toMatchObject({ status: 500, text: '' });
    expect((await oscar.ask('GET', '/system/services/no')).status).toBe(200);
  },
);

test('a bucket that a change has dropped stays when the service goes', async () => {
  const oscar = await start();
  await oscar.ask('POST', '/system/services', service());
  await oscar.ask('PUT', '/system/services', service({ owner: 'cluster_admin', input: [place('other/in')], output: [] }));
  expect((await oscar.ask('DELETE', '/system/services/cmp')).status).toBe(204);
  expect((await oscar.ask('GET', '/system/buckets')).json).toMatchObject([{ bucket_name: 'cmp' }]);
});
