import { afterEach, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { pass, startTestOscar, type TestOscar } from '../testing/start';

// As the supervisor itself, 1.5.8, was seen to do with the same events and configurations (docs/testing.md says how).
const open: TestOscar[] = [];
const clock = new ManualClock(new Date('2026-11-29T12:00:00Z'));
afterEach(async () => {
  for (const oscar of open.splice(0)) await oscar.end();
});

const place = (path: string, storage_provider = 'minio.default') => ({ storage_provider, path, suffix: [], prefix: [] });
const event = (bucket: string, key: string) =>
  JSON.stringify({ Records: [{ eventSource: 'minio:s3', s3: { bucket: { name: bucket }, object: { key } } }] });
const found = event('count', 'in%2Fwords.txt');
const passedOn = (storage_provider: string) => JSON.stringify({ storage_provider, event: found });

/** What becomes of a job by an event. */
async function run(posted: string, more: Record<string, unknown> = {}, supervisor = '1.6.2') {
  const oscar = await startTestOscar('3.6', { clock, definition: { supervisor } });
  open.push(oscar);
  const { world } = oscar.cluster;
  const base = {
    name: 'count',
    image: 'transat/word-count:1',
    script: '#!/bin/sh\nwc',
    input: [place('count/in')],
    output: [place('count/out')],
  };
  expect((await oscar.ask('POST', '/system/services', base)).status).toBe(201);
  Object.assign(world.service('count') ?? {}, more);
  const bucket = world.bucket('count');
  const { file, size, md5 } = world.files.writeNow(Buffer.from('one two three\n'));
  const object = { size, etag: md5, modifiedAt: 0, contentType: 'text/plain', metadata: {}, tags: {}, file, checksums: {} };
  if (bucket) bucket.objects['in/words.txt'] = object;
  await oscar.ask('POST', '/job/count', posted, { authorization: `Bearer ${world.service('count')?.token}` });
  await pass(clock, 10, oscar);
  const [job] = world.state.runs;
  const log = (job?.log ?? []).map((line) => line.replace(/^.* - supervisor - /, '').replace(/event-file-[0-9a-f-]{36}/g, 'event-file'));
  const written = Object.keys(bucket?.objects ?? {}).filter((key) => key.startsWith('out/') && key !== 'out/');
  return { status: job?.status, log, written: written.map((key) => key.replace(/event-file-[0-9a-f-]{36}/, 'event-file')) };
}

const begins = [
  'INFO - Storage event found.',
  'INFO - MINIO event created',
  'INFO - Reading storage configuration',
  "INFO - Using MinIO credentials for user: 'minio'",
  'INFO - SUPERVISOR: Initializing Binary supervisor',
  "INFO - Found 'MINIO' input provider",
];
const withFile = [
  ...begins,
  "INFO - Downloading item from bucket 'count' with key 'in/words.txt'",
  "INFO - Successful download of file 'in/words.txt' from bucket 'count' in path '/tmp/input/words.txt'",
  "INFO - INPUT_FILE_PATH variable set to '/tmp/input/words.txt'",
  "INFO - Script file found in '/oscar/config/script.sh'",
];
const searching = "INFO - Searching for files to upload in folder '/tmp/output'";

test('of a file that arrived, it tells each step, and at the end what the program printed', async () => {
  expect(await run(found)).toEqual({
    status: 'Succeeded',
    log: [
      ...withFile,
      searching,
      "INFO - Checking files for uploading to 'minio.default' on path: 'count/out'",
      "INFO - Uploading file 'out/words.txt.count.txt' to bucket 'count'",
      'INFO - Creating response',
      '1 3 14 words.txt',
    ],
    written: ['out/words.txt.count.txt'],
  });
});

test('by DEBUG, what the program prints is told while it does; by ERROR, nothing but that', async () => {
  const debug = (await run(found, { log_level: 'DEBUG' })).log;
  expect([debug.indexOf('DEBUG - 1 3 14 words.txt') < debug.indexOf(searching), debug.at(-1)]).toEqual([true, '1 3 14 words.txt']);
  expect((await run(found, { log_level: 'ERROR' })).log).toEqual(['1 3 14 words.txt']);
});

test.each([
  ['a file that is gone', event('count', 'in%2Fnone.txt'), 'in/none.txt', 'count'],
  ['a bucket that is gone', event('none', 'in%2Fwords.txt'), 'in/words.txt', 'none'],
])('%s makes the job fail', async (_what, posted, key, bucket) => {
  expect(await run(posted)).toEqual({
    status: 'Failed',
    log: [
      ...begins,
      `INFO - Downloading item from bucket '${bucket}' with key '${key}'`,
      'ERROR - An error occurred (404) when calling the HeadObject operation: Not Found',
      'There was an exception in _parse_input',
      'Not Found',
    ],
    written: [],
  });
});

test('an output that can’t be written makes the job fail, and those after it are not written', async () => {
  const { status, log, written } = await run(found, { output: [place('none/out'), place('count/out')] });
  expect([status, written]).toEqual(['Failed', []]);
  expect(log.slice(-3)).toEqual([
    'ERROR - An error occurred (NoSuchBucket) when calling the PutObject operation: The specified bucket does not exist',
    'There was an exception in _parse_output',
    'The specified bucket does not exist',
  ]);
});

test('a storage that does not answer makes the job fail; one that is not described is passed over', async () => {
  const storage_providers = {
    minio: { far: { endpoint: 'http://127.0.0.1:9', region: '', access_key: 'a', secret_key: 'b', verify: false } },
  };
  const gone = await run(found, { storage_providers, output: [place('count/out', 'minio.far')] });
  expect(gone).toMatchObject({ status: 'Failed', written: [] });
  expect(gone.log).toContain(
    'botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "http://127.0.0.1:9/count/out/words.txt.count.txt"',
  );
  expect(await run(found, { output: [place('count/out', 'minio.none'), place('count/out')] })).toMatchObject({
    status: 'Succeeded',
    written: ['out/words.txt.count.txt'],
  });
});

test.each([
  ['by a bare name of its own storage', 'default', '1.5.8', 'words.txt'],
  ['by a full name, from 1.6 on', 'minio.default', '1.6.2', 'words.txt'],
  ['by a full name, before', 'minio.default', '1.5.8', 'event-file'],
  ['by a name that it does not know', 'oscar-eu', '1.6.2', 'event-file'],
])('of an event that was passed on %s, the program reads the file, or else the event', async (_how, provider, supervisor, name) => {
  const { status, log, written } = await run(passedOn(provider), {}, supervisor);
  expect([status, log[0], written]).toEqual(['Succeeded', 'INFO - Delegated event found.', [`out/${name}.count.txt`]]);
});

test.each([
  ['base64', 'aGVsbG8gd29ybGQ=', '0 2 11 event-file\n'],
  ['an object', '{"a":1}', '0 1 7 event-file\n'],
  ['nothing', '', '0 0 0 event-file\n'],
])('of %s that was posted, the program reads the bytes, and its one file is the answer', async (_what, posted, counted) => {
  const { status, log, written } = await run(posted);
  expect([status, written]).toEqual(['Succeeded', ['out/event-file.count.txt']]);
  expect(log).toContain("INFO - Found 'LOCAL' input provider");
  const answer = Buffer.from(log.at(-1) ?? '', 'base64').toString();
  expect(answer.replace(/event-file-[0-9a-f-]{36}/, 'event-file')).toBe(counted);
});

test.each(['hello world', '[1]', '1', '"x"'])('over %s the supervisor fails', async (posted) => {
  expect(await run(posted)).toMatchObject({ status: 'Failed', written: [] });
});
