import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../testing/cloud-client';
import { type Leasing, leasing } from '../testing/leases';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
let it_: Leasing;
let token: Record<string, string>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  it_ = await leasing(sandbox, 'america');
  const listed = await it_.cloud.reservation('GET', '/leases');
  expect(listed.headers.get('openstack-api-version')).toBe('reservation 1.0');
  expect(listed.headers.get('x-openstack-request-id')).toMatch(/^req-/);
  token = { 'x-auth-token': it_.cloud.token };
});
afterAll(() => sandbox.end());

const unknown = {
  error: 404,
  error_message: 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
};
const asked = (microversion: string) => ({ 'openstack-api-version': `reservation ${microversion}` });

test.each<[method: string, path: string, headers: Record<string, string> | null, status: number, body: unknown]>([
  [
    'GET',
    '/v1/leases',
    null,
    401,
    { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
  ],
  ['GET', '/', null, 401, { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } }],
  ['GET', '/v1/leases', asked('1.0'), 200, { leases: [] }],
  ['GET', '/v1/leases', asked('latest'), 200, { leases: [] }],
  ['GET', '/v1/leases.json', {}, 200, { leases: [] }],
  ['GET', '/v1/leases?name=x', {}, 200, { leases: [] }],
  [
    'GET',
    '/v1/leases',
    asked('1.1'),
    406,
    { error: 406, error_message: 'Version 1.1 is not supported by the API. Minimum is 1.0 and maximum is 1.0.' },
  ],
  [
    'GET',
    '/v1/leases',
    asked('one'),
    400,
    { error: 400, error_message: 'API Version String one is of invalid format. Must be of format MajorNum.MinorNum.' },
  ],
  ['GET', '/v1/leases/', {}, 404, unknown],
  ['GET', '/v1/nothing', {}, 404, unknown],
  ['GET', '/v1/plugins', {}, 500, { error_code: 500, error_message: 'Internal Server Error', error_name: 'INTERNAL_SERVER_ERROR' }],
])('%s %s with %j is a %i, body and all', async (method, path, headers, status, body) => {
  const answer = await request(method, `${sandbox.url}/america/reservation${path}`, undefined, { ...(headers && token), ...headers });
  expect([answer.status, answer.body]).toEqual([status, body]);
});

test('versions are told to who has a token, with the one that is given up', async () => {
  const base = `${sandbox.url}/america/reservation`;
  for (const path of ['/', '/versions']) {
    const { status, body } = await request('GET', `${base}${path}`, undefined, token);
    expect([status, body]).toEqual([
      300,
      {
        versions: [
          { id: 'v1.0', status: 'CURRENT', links: [{ href: `${base}/v1`, rel: 'self' }], min_version: '1.0', max_version: '1.0' },
          { id: 'v2.0', status: 'DEPRECATED', links: [{ href: `${base}/v2`, rel: 'self' }] },
        ],
      },
    ]);
  }
});

test('what is no JSON is a fault, and an empty body is an empty object', async () => {
  const send = (body: string) => fetch(`${sandbox.url}/america/reservation/v1/leases`, { method: 'POST', headers: token, body });
  const broken = await send('{"name":');
  expect([broken.status, Object.keys(await broken.json())]).toEqual([500, ['error', 'error_message']]);
  const empty = await send('');
  expect([empty.status, await empty.json()]).toEqual([
    400,
    { error_code: 400, error_message: 'Missing parameter start_date, name, end_date', error_name: 400 },
  ]);
});
