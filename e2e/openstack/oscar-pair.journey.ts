import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { labChoices } from '../lib/journey';
import { leftovers, login, mirrorStands, tokenOf } from '../lib/lab';
import { ask } from './lab';

const run = promisify(execFile);
const bin = join(process.env.LAB_DIR ?? '/var/lib/openstack-lab', 'mirror/bin');
const sides = ['europe', 'america'] as const;
type Side = (typeof sides)[number];
const siteOf: Record<Side, string> = { europe: 'lab', america: 'lab-west' };
/** OSCAR's API and MinIO's. */
const ports = [443, 30300];

interface Rules {
  security_groups: {
    name: string;
    security_group_rules: { direction: string; port_range_min: number | null; remote_ip_prefix: string | null }[];
  }[];
}

/** Which single addresses are let in on a port of a side's control plane, by what the cloud itself says. */
async function letIn(side: Side, id: string, port: number): Promise<string[]> {
  const groups = (await (await ask('admin', 'network', 'GET', '/v2.0/security-groups')).json()) as Rules;
  const short = id.slice(id.indexOf('_') + 1).slice(0, 8);
  return groups.security_groups
    .filter(({ name }) => name === `${short}-sg-${side}-control-plane`)
    .flatMap((group) => group.security_group_rules)
    .filter(({ direction, port_range_min: from }) => direction === 'ingress' && from === port)
    .flatMap(({ remote_ip_prefix: prefix }) => (prefix?.endsWith('/32') ? [prefix] : []));
}

interface Routers {
  routers: { name: string; external_gateway_info: { external_fixed_ips: { ip_address: string }[] } | null }[];
}

/** The addresses by which a side's nodes without one of their own come to others: its router's, by what the cloud itself says. */
async function comesFrom(side: Side, id: string): Promise<string[]> {
  const { routers } = (await (await ask('admin', 'network', 'GET', '/v2.0/routers')).json()) as Routers;
  const short = id.slice(id.indexOf('_') + 1).slice(0, 8);
  return routers
    .filter(({ name }) => name === `${short}-router-${siteOf[side]}`)
    .flatMap((router) => router.external_gateway_info?.external_fixed_ips ?? [])
    .map(({ ip_address: address }) => `${address}/32`);
}

/** Projects in which anything of a deployment is, by the servers of the cloud as a whole. */
async function projectsOf(id: string): Promise<string[]> {
  const answer = await ask('admin', 'compute', 'GET', '/servers/detail?all_tenants=1&limit=1000');
  const { servers } = (await answer.json()) as { servers: { name: string; tenant_id: string }[] };
  const short = id.slice(id.indexOf('_') + 1).slice(0, 8);
  return [...new Set(servers.filter(({ name }) => name.startsWith(short)).map(({ tenant_id: project }) => project))];
}

test('a transatlantic OSCAR pair stands in two projects, named as two sites: both MinIO answer, both API servers hold OSCAR, each side lets in the other, and all of it goes', async ({
  baseURL,
}) => {
  const stands = await mirrorStands();
  if (!stands) process.stderr.write('THE MIRROR OF KUBERNETES DOES NOT STAND: the OSCAR pair was NOT tried on the real OpenStack.\n');
  test.skip(!stands, 'the lab’s mirror of Kubernetes does not stand (mirror/up builds it in about half an hour)');
  test.setTimeout(2_700_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const west = await api.call<{ id: string }>('POST', '/credentials', {
    site: 'lab-west',
    name: `oscar pair ${Date.now()}`,
    kind: 'password',
    username: 'stranger',
    password: 'lab-secret',
  });
  const { projectId } = await login('stranger', 'other');
  const choices = await labChoices(api, { credential: 'oidc:lab' });
  const at = (side: Side, flavor: string) => ({
    ...(side === 'europe' ? { site: 'lab', credential: 'oidc:lab' } : { site: 'lab-west', credential: west.id, project: projectId }),
    flavor: choices.flavor(flavor),
    image: choices.image,
  });
  const placement = Object.fromEntries(
    sides.flatMap((side) => [
      [`${side}_control_plane`, at(side, 'fast.large')],
      [`${side}_workers`, at(side, 'fast.medium')],
    ]),
  );
  const inputs = { europe_worker_count: 1, america_worker_count: 1 };
  const { id } = await api.deploy({ recipe: 'oscar-pair', name: 'journey oscar pair', inputs, placement });
  try {
    await api.until(id, ['ready'], 2100);
    const outputs = await api.outputs(id, true);
    expect(await projectsOf(id)).toHaveLength(2);
    for (const side of sides) {
      const other = side === 'europe' ? 'america' : 'europe';
      const out = (name: string) => outputs[`${side}_${name}`] ?? '';
      expect(out('latency')).toMatch(/^\d+(\.\d+)? ms$/);
      const config = mkdtempSync(join(tmpdir(), 'transat-mc-'));
      const mc = async (...args: string[]) =>
        (await run(join(bin, 'mc'), ['--config-dir', config, '--insecure', ...args], { timeout: 60_000 })).stdout;
      await mc('alias', 'set', side, out('minio_endpoint'), out('minio_user'), out('minio_password'));
      await mc('mb', `${side}/journey`);
      expect(await mc('ls', side)).toContain('journey/');
      // each has a password of its own
      await expect(
        mc('alias', 'set', 'other', out('minio_endpoint'), out('minio_user'), outputs[`${other}_minio_password`] ?? ''),
      ).rejects.toThrow();
      const file = join(config, 'kubeconfig');
      writeFileSync(file, out('kubeconfig'), { mode: 0o600 });
      const get = ['get', 'deployment,service,serviceaccount', '--namespace', 'oscar', '--output', 'name'];
      const manifests = await run(join(bin, 'kubectl'), ['--kubeconfig', file, '--request-timeout=30s', ...get]);
      expect(manifests.stdout).toMatch(/deployment\.apps\/oscar/);
      const address = new URL(outputs[`${other}_api_endpoint`] ?? '').hostname;
      const all = [...(await comesFrom(other, id)), `${address}/32`].sort();
      expect(all).toHaveLength(2);
      for (const port of ports) expect([side, port, (await letIn(side, id, port)).sort()]).toEqual([side, port, all]);
    }
  } finally {
    await api.delete(id);
    await api.until(id, ['deleted'], 600);
  }
  expect([await leftovers(id), await projectsOf(id)]).toEqual([[], []]);
});
