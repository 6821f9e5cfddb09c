import { execFile } from 'node:child_process';
import { mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openTestApi, type TestApi } from '@/lib/api/fixtures';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import type { Figure } from './figure';
import { percentile } from './time';

const run = promisify(execFile);
const bytes = 128 * 1024 * 1024;
const runs = 3;

/** How fast a large file goes up through Transat, part by part as a browser sends it, beside MinIO's own client on the same storage. */
export async function measureUploading(): Promise<Figure[]> {
  const mc = await clientOfMinio();
  const folder = mkdtempSync(join(tmpdir(), 'transat-uploading-'));
  const file = join(folder, 'large.bin');
  writeFileSync(file, Buffer.alloc(bytes, 'transat'));
  const [api, oscar] = await Promise.all([openTestApi({ allowedRanges: ['127.0.0.0/8'] }), startTestOscar('3.6')]);
  try {
    const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
    const made = await api.call('POST', '/clusters', api.as.owner, { name: 'Europe', region: 'eu', endpoint: oscar.url, auth });
    const path = `/clusters/${made.json.id}/buckets/large`;
    await api.call('POST', `/clusters/${made.json.id}/buckets`, api.as.owner, { name: 'large' });
    const ours = await median(() => throughTransat(api, path, file));
    const name = 'a file of 128 MiB in parts';
    if (mc === null) {
      console.error('\nMINIO’S OWN CLIENT IS NOT HERE (name it in MC): how fast uploads are BESIDE IT was NOT measured.\n');
      return [{ about: 'uploading', name, value: ours, unit: 'ms' }];
    }
    const theirs = await median(() => byClient(mc, oscar, folder, file));
    return [
      { about: 'uploading', name, value: ours, unit: 'ms', baseline: { name: 'mc', value: theirs }, ratio: ours / theirs, limit: 1.25 },
    ];
  } finally {
    await Promise.all([api.store.close(), oscar.end(), closeDoors()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** MinIO's client where it can be had; other programs have that name, too. */
async function clientOfMinio(): Promise<string | null> {
  const lab = join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'mirror/bin/mc');
  for (const path of [process.env.MC, lab, 'mc']) {
    if (!path) continue;
    const said = await run(path, ['--version']).then(
      ({ stdout }) => stdout,
      () => '',
    );
    if (/RELEASE|DEVELOPMENT/.test(said)) return path;
  }
  return null;
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let each = 0; each < runs; each++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return percentile(times, 50);
}

async function throughTransat(api: TestApi, path: string, file: string): Promise<void> {
  const opened = openSync(file, 'r');
  const query = new URLSearchParams({ key: 'in/large.bin' });
  const begun = await api.call('POST', `${path}/uploads?${query}`, api.as.owner, { bytes });
  const { upload, missing } = begun.json;
  for (const { number, start, end } of missing) {
    const part = Buffer.alloc(end - start);
    readSync(opened, part, 0, part.length, start);
    const at = new URLSearchParams({ key: 'in/large.bin', upload, part: String(number), bytes: String(bytes) });
    const headers = { ...api.as.owner, 'content-length': String(part.length) };
    const answer = await api.raw(
      new Request(`http://transat.test/api/v1${path}/uploads/parts?${at}`, { method: 'POST', body: part, headers }),
    );
    if (answer.status !== 204) throw new Error(`part ${number}: ${answer.status} ${await answer.text()}`);
  }
  const ended = await api.call('POST', `${path}/uploads/end?${query}&upload=${encodeURIComponent(upload)}`, api.as.owner, { bytes });
  if (ended.status !== 201) throw new Error(`end: ${ended.text}`);
}

async function byClient(mc: string, { minioUrl, minio }: TestOscar, folder: string, file: string): Promise<void> {
  const { accessKey, secretKey } = minio;
  const alias = minioUrl.replace('://', `://${encodeURIComponent(accessKey)}:${encodeURIComponent(secretKey)}@`);
  const env = { ...process.env, MC_HOST_here: alias, MC_CONFIG_DIR: join(folder, 'mc') };
  await run(mc, ['--quiet', 'cp', file, 'here/large/in/large-too.bin'], { env, timeout: 120_000 });
}
