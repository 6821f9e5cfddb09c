import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

const MIB = 1024 * 1024;
const bytes = 20 * MIB;
const file = new Uint8Array(bytes).map((_none, index) => index >> 16);
const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
const key = 'in/large scan.tif';
let api: TestApi;
let oscar: TestOscar;
let path = '';

beforeAll(async () => {
  [api, oscar] = await Promise.all([openTestApi({ allowedRanges: ['127.0.0.0/8'] }), startTestOscar('3.6', { clock })]);
  const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
  const made = await call('POST', '/clusters', { name: 'Europe', region: 'eu', endpoint: oscar.url, auth });
  path = `/clusters/${made.json.id}/buckets/scans`;
  expect((await call('POST', `/clusters/${made.json.id}/buckets`, { name: 'scans' })).status).toBe(201);
});
afterAll(async () => {
  await Promise.all([api.store.close(), oscar.end(), closeDoors()]);
});

const call = (method: string, where: string, body?: unknown, as = api.as.owner) => api.call(method, where, as, body);
const at = (query: Record<string, string | number>) =>
  `?${new URLSearchParams({ key, ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])) })}`;
const begin = async (more: object = {}) => (await call('POST', `${path}/uploads${at({})}`, { bytes, ...more })).json;
const end = (upload: string) => call('POST', `${path}/uploads/end${at({ upload })}`, { bytes });
const stored = () => oscar.cluster.world.bucket('scans')?.objects[key];

interface Part {
  number: number;
  start: number;
  end: number;
}
async function send(upload: string, { number, start, end: to }: Part, as = api.as.owner): Promise<number> {
  const url = `http://transat.test/api/v1${path}/uploads/parts${at({ upload, part: number, bytes })}`;
  const headers = { ...as, 'content-length': String(to - start) };
  return (await api.raw(new Request(url, { method: 'POST', body: file.slice(start, to), headers }))).status;
}

test('a large file that was cut off is gone on with: only what is missing is sent, and it is whole at the end', async () => {
  const first = await begin({ type: 'image/tiff' });
  expect(first).toMatchObject({ parts: 3, missing: [{ number: 1, start: 0, end: 8 * MIB }, { number: 2 }, { number: 3, end: bytes }] });
  expect(await send(first.upload, first.missing[0])).toBe(204);
  // the connection to the storage is cut in the middle of the second part
  oscar.cluster.world.faults.add({ match: { service: 's3', method: 'PUT' }, answer: { status: 'reset' }, times: 3 });
  expect(await send(first.upload, first.missing[1])).toBeGreaterThanOrEqual(500);
  oscar.cluster.world.faults.clear();
  expect(await end(first.upload)).toMatchObject({ status: 409, json: { detail: expect.stringContaining('2 of its parts') } });
  expect(stored()).toBeUndefined();

  const again = await begin({ upload: first.upload });
  expect([again.upload, again.missing.map(({ number }: Part) => number)]).toEqual([first.upload, [2, 3]]);
  for (const part of again.missing) expect(await send(again.upload, part)).toBe(204);
  const done = await end(again.upload);
  expect(done, done.text).toMatchObject({ status: 201, json: { key, bytes } });
  expect(stored()).toMatchObject({ size: bytes });

  const read = await api.raw(
    new Request(`http://transat.test/api/v1${path}/file?key=${encodeURIComponent(key)}`, { headers: api.as.owner }),
  );
  expect(Buffer.from(await read.arrayBuffer()).equals(Buffer.from(file))).toBe(true);
  // its answer may have been lost: it is asked for again
  expect((await end(again.upload)).status).toBe(201);
});

test('what the storage has forgotten begins anew, and what is given up is gone', async () => {
  const anew = await begin({ upload: 'forgotten' });
  expect([anew.upload === 'forgotten', anew.missing.length]).toEqual([false, 3]);
  const drop = () => call('DELETE', `${path}/uploads${at({ upload: anew.upload })}`);
  expect([(await drop()).status, (await drop()).status]).toEqual([204, 204]);
  expect(await send(anew.upload, anew.missing[0])).toBe(404);
});

test('a part of another length, one that there is none of, and somebody else’s cluster are refused', async () => {
  const { upload, missing } = await begin();
  const [part] = missing;
  expect(await send(upload, { ...part, end: part.end - 1 })).toBe(400);
  expect(await send(upload, { number: 4, start: 0, end: 1 })).toBe(404);
  expect(await send(upload, part, api.as.stranger)).toBe(404);
  expect((await call('POST', `${path}/uploads${at({})}`, { bytes: 0 })).json.fields[0].path).toBe('bytes');
});

test('a file that has to stay elsewhere is refused before any of it moves', async () => {
  const cluster = path.split('/')[2] ?? '';
  const rule = { bucket: 'scans', prefix: 'in', kind: 'stay', region: 'us' };
  const made = await call('POST', '/locality', rule);
  expect(made.status, made.text).toBe(201);
  const refused = await call('POST', `/clusters/${cluster}/buckets/scans/uploads${at({})}`, { bytes });
  expect(refused.status).toBe(403);
  expect((await call('DELETE', `/locality/${made.json.id}`)).status).toBe(204);
});
