import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';

test.skip(!process.env.TRANSAT_LAB_FULL, 'the whole lab waits for it: npm run test:openstack -- --full');

const awayMs = 60_000;

/** Nova's API takes connections and answers none, as where its machine hangs. */
async function novaAway(): Promise<void> {
  const [pid] = readFileSync(join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'run/nova-api.pid'), 'utf8').split(' ');
  process.kill(-Number(pid), 'SIGSTOP');
  try {
    await sleep(awayMs);
  } finally {
    process.kill(-Number(pid), 'SIGCONT');
  }
}

test('five machines come to be ready though Nova answers nothing for a minute while they are made', async ({ baseURL }) => {
  test.setTimeout(1_500_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  let away: Promise<void> | undefined;
  const asked = Date.now();
  const begun = (async () => {
    for (;;) {
      const { items } = await api.call<{ items: { id: string }[] }>('GET', `/deployments?q=${encodeURIComponent('journey away')}`);
      const servers = items[0]
        ? (await api.resources(items[0].id)).filter(({ kind, phase }) => kind === 'server' && phase !== 'planned')
        : [];
      if (servers.length > 0) break;
      if (Date.now() - asked > 300_000) throw new Error('no server was begun');
      await sleep(200);
    }
    away = novaAway();
    await away;
  })();
  const body = { recipe: 'virtual-machine', name: 'journey away', inputs: { machine_count: 5 } };
  await deployOnLab(api, { credential: 'oidc:lab' }, body, { machine: 'fast.small' }, 900, async (id) => {
    await begun;
    expect((await api.deployment(id)).problem).toBeNull();
    const servers = (await api.resources(id)).filter(({ kind }) => kind === 'server');
    expect(new Set(servers.map(({ cloudId }) => cloudId)).size).toBe(5);
    expect(away).toBeDefined();
  });
});
