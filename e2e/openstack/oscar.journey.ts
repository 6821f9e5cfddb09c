import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { parse } from 'yaml';
import type { ClusterStatusView, ClusterView } from '@/lib/api/contract/clusters';
import type { JobView } from '@/lib/api/contract/services';
import { converse, oscarPythons } from '../../scripts/lib/oscar-python';
import { root } from '../../scripts/lib/shell';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { mirrorHas, mirrorStands, tokenOf } from '../lib/lab';

test.use({ ignoreHTTPSErrors: true });

/** Any that has a shell and the C library that OSCAR's supervisor wants. */
const image = 'docker.io/library/busybox:1.36';
const script = `#!/bin/sh
name=$(basename "$INPUT_FILE_PATH")
set -- $(wc < "$INPUT_FILE_PATH")
echo "$1 $2 $3 $name" | tee "$TMP_OUTPUT_DIR/$name.count.txt"
`;

/** OSCAR's own images, as the recipe takes them. */
function images(): string[] {
  const downloads: { url: string }[] = parse(readFileSync(join(root, 'recipes/oscar/downloads.yaml'), 'utf8'));
  return downloads.map(({ url }) => url).filter((url) => url.startsWith('ghcr.io/grycap/'));
}

/** Looks until something is there. */
async function until<T>(seconds: number, look: () => Promise<T | undefined>, what: () => unknown): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(1000)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`not within ${seconds} s: ${JSON.stringify(what())}`);
}

/** The page of a service as alice sees it: the job, what it printed, and its result. */
async function seeIt(page: Page, cluster: string, job: string): Promise<void> {
  await page.goto(`/signin?callbackUrl=${encodeURIComponent(`/clusters/${cluster}/services/count`)}`);
  await page.getByRole('button', { name: /EGI Check-in \(lab\)/ }).click({ timeout: 10_000 });
  await page.getByText(/alice/i).first().click({ timeout: 10_000 });
  await expect(page.getByRole('heading', { name: 'count', level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Succeeded')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: job, exact: true }).click();
  await expect(page.getByText(/1 3 14 words.txt/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'count/out' }).click();
  await page.getByRole('button', { name: 'words.txt.count.txt', exact: true }).click();
  await expect(page.getByRole('dialog').getByText('1 3 14 words.txt')).toBeVisible();
}

test('on OSCAR’s own program, a file that arrives becomes a job, seen with its log and its result; a change lets files be heard; oscar-python gets along with it', async ({
  baseURL,
  page,
}) => {
  const wanted = images();
  const has = (await mirrorStands()) && (await Promise.all(wanted.map(mirrorHas))).every(Boolean);
  if (!has)
    process.stderr.write(`THE LAB’S MIRROR HAS NO ${wanted.join(', ')}: OSCAR’s own program was NOT tried on the real OpenStack.\n`);
  test.skip(!has, 'the lab’s mirror has no image of OSCAR (docs/testing.md says what it takes)');
  test.setTimeout(2_700_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'oscar', name: 'journey oscar', inputs: { worker_count: 1 } };
  await deployOnLab(api, { credential: 'oidc:lab' }, body, { control_plane: 'fast.large', workers: 'fast.medium' }, 1800, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.oscar_state).toBe('running');
    const all = async () => (await api.call<{ items: ClusterView[] }>('GET', '/clusters')).items;
    const cluster = await until(120, async () => (await all()).find(({ deployment }) => deployment === id), all);
    expect(cluster).toMatchObject({ dialect: '4.1', problem: null });
    const at = `/clusters/${cluster.id}`;
    // the lab's mirror has no metrics-server, without which OSCAR does not tell how busy it is
    const unmeasured = { title: 'Nobody measures the cluster’s machines' };
    expect(await api.call<ClusterStatusView>('GET', `${at}/status`)).toMatchObject({ healthy: true, services: 0, problem: unmeasured });

    const service = { name: 'count', image, script, input: [{ path: 'count/in' }], output: [{ path: 'count/out' }] };
    await api.call('POST', `${at}/services`, service);
    const jobs = async () => (await api.call<{ items: JobView[] }>('GET', `${at}/services/count/jobs`)).items;
    const arrives = async (name: string, before: number): Promise<JobView> => {
      await api.text('POST', `${at}/buckets/count/objects?key=in/${name}`, 'one two three\n', 'text/plain');
      let seen: JobView[] = [];
      return await until(
        240,
        async () => {
          seen = await jobs();
          return seen.length > before && seen.every(({ state }) => state === 'Succeeded') ? seen[0] : undefined;
        },
        () => seen,
      );
    };
    const job = await arrives('words.txt', 0);
    expect(await api.text('GET', `${at}/services/count/jobs/${job.name}/log`)).toContain('1 3 14 words.txt');
    expect(await api.text('GET', `${at}/buckets/count/file?key=out/words.txt.count.txt`)).toBe('1 3 14 words.txt\n');
    await seeIt(page, cluster.id, job.name);

    await api.call('POST', `${at}/services?replace=true`, { ...service, memory: '128Mi' });
    await arrives('more.txt', 1);
    await api.call('DELETE', `${at}/services/count`);
    expect((await api.call<{ items: { name: string }[] }>('GET', `${at}/buckets`)).items).toEqual([]);

    for (const { release, python } of oscarPythons('against OSCAR’s own program')) {
      if (!python) continue;
      const place = {
        endpoint: (outputs.oscar_url ?? '').replace(/\/$/, ''),
        password: outputs.oscar_password ?? '',
        version: cluster.version,
        image,
      };
      expect([release, await converse(python, place, `oscar-python ${release} with OSCAR's own program`)]).toEqual([release, true]);
    }
  });
});
