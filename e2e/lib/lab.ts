import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const labDir = process.env.LAB_DIR ?? '/var/lib/openstack-lab';
const keystone = 'http://127.0.0.1:5000/v3';

export type Person = 'alice' | 'bob' | 'carol' | 'dora';

/** An access token of a real login at the lab's provider, as a person at a command line has it. */
export function tokenOf(person: Person): string {
  return execFileSync('node', [join(labDir, 'checkin/token.mjs'), person], { encoding: 'utf8' }).trim();
}

/** Whether the lab's mirror of Kubernetes stands. */
export async function mirrorStands(): Promise<boolean> {
  if (!existsSync(join(labDir, 'mirror'))) return false;
  const answer = await fetch('http://172.24.4.1:8080/SHA256SUMS', { signal: AbortSignal.timeout(3000) }).catch(() => null);
  return answer?.ok ?? false;
}

/** Whether the lab's mirror has an image, such as `ghcr.io/grycap/oscar:4.1.2`: those that it builds, and what somebody has pushed. */
export async function mirrorHas(image: string): Promise<boolean> {
  const [name, tag] = image.split(':');
  const manifest = `http://172.24.4.1:5050/v2/${name}/manifests/${tag}`;
  const accept = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';
  const answer = await fetch(manifest, { method: 'HEAD', headers: { accept }, signal: AbortSignal.timeout(3000) }).catch(() => null);
  return answer?.ok ?? false;
}

/** Whether the lab has an image of this name that all may boot. */
export async function labHasImage(name: string): Promise<boolean> {
  const { token, catalog } = await login('researcher', 'testbed');
  const url = catalog.find((entry) => entry.type === 'image')?.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
  const answer = await fetch(`${url}/v2/images?name=${encodeURIComponent(name)}&status=active`, { headers: { 'X-Auth-Token': token } });
  if (!answer.ok) throw new Error(`images: ${answer.status}`);
  return ((await answer.json()) as { images: unknown[] }).images.length > 0; // Glance's API
}

export interface Login {
  token: string;
  catalog: { type: string; endpoints: { interface: string; url: string }[] }[];
  userId: string;
  projectId: string;
}

/** Signs in to the lab itself, past Transat. */
export async function login(name: string, project: string): Promise<Login> {
  const domain = { name: 'Default' };
  const answer = await fetch(`${keystone}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name, domain, password: 'lab-secret' } },
        },
        scope: { project: { name: project, domain } },
      },
    }),
  });
  if (!answer.ok) throw new Error(`login as ${name}: ${answer.status}`);
  const { token } = (await answer.json()) as { token: { catalog: Login['catalog']; user: { id: string }; project: { id: string } } };
  return { token: answer.headers.get('x-subject-token') ?? '', catalog: token.catalog, userId: token.user.id, projectId: token.project.id };
}

/** Makes an application credential of `researcher` in project `testbed`. */
export async function applicationCredential(name: string): Promise<{ id: string; secret: string }> {
  const { token, userId } = await login('researcher', 'testbed');
  const answer = await fetch(`${keystone}/users/${userId}/application_credentials`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Auth-Token': token },
    body: JSON.stringify({ application_credential: { name, roles: [{ name: 'member' }] } }),
  });
  if (!answer.ok) throw new Error(`application credential: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { application_credential: { id: string; secret: string } }).application_credential;
}

/**
 * Everything in Nova, Neutron, Cinder and Glance, seen as admin, whose name or description begins with a deployment's short id.
 * @returns `kind name` of each: empty once all is gone
 */
export async function leftovers(deploymentId: string): Promise<string[]> {
  const short = deploymentId.slice(deploymentId.indexOf('_') + 1).slice(0, 8);
  const { token, catalog } = await login('admin', 'admin');
  const lists: [kind: string, service: string, path: string, key: string][] = [
    ['server', 'compute', '/servers/detail?all_tenants=1&limit=1000', 'servers'],
    ['network', 'network', '/v2.0/networks', 'networks'],
    ['subnet', 'network', '/v2.0/subnets', 'subnets'],
    ['router', 'network', '/v2.0/routers', 'routers'],
    ['port', 'network', '/v2.0/ports', 'ports'],
    ['security group', 'network', '/v2.0/security-groups', 'security_groups'],
    ['floating IP', 'network', '/v2.0/floatingips', 'floatingips'],
    ['volume', 'volumev3', '/volumes/detail?all_tenants=1', 'volumes'],
    ['image', 'image', '/v2/images?limit=1000', 'images'],
    ['lease', 'reservation', '/leases', 'leases'],
  ];
  const found = await Promise.all(
    lists.map(async ([kind, service, path, key]) => {
      const url = catalog.find((entry) => entry.type === service)?.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
      const answer = await fetch(`${url}${path}`, { headers: { 'X-Auth-Token': token } });
      if (!answer.ok) throw new Error(`${kind}: ${answer.status}`);
      const items = ((await answer.json()) as Record<string, { name?: string; description?: string | null }[]>)[key] ?? [];
      return items
        .filter((item) => item.name?.startsWith(short) || item.description?.startsWith(short))
        .map((item) => `${kind} ${item.name || item.description}`);
    }),
  );
  return found.flat();
}

/** A flavor that asks for a kind of host the lab has none of, so that Nova's scheduler finds no valid one; made by the lab's administrator. */
export async function flavorNoHostCarries(): Promise<string> {
  const { token, catalog } = await login('admin', 'admin');
  const nova = catalog.find((entry) => entry.type === 'compute')?.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
  const headers = { 'Content-Type': 'application/json', 'X-Auth-Token': token };
  const flavor = { id: 'journey-nowhere', name: 'journey.nowhere', vcpus: 1, ram: 1024, disk: 10 };
  const made = await fetch(`${nova}/flavors`, { method: 'POST', headers, body: JSON.stringify({ flavor }) });
  // 409: it is there from an earlier run
  if (!made.ok && made.status !== 409) throw new Error(`flavor: ${made.status} ${await made.text()}`);
  const specs = JSON.stringify({ extra_specs: { 'aggregate_instance_extra_specs:lab:driver': 'nowhere' } });
  const told = await fetch(`${nova}/flavors/${flavor.id}/os-extra_specs`, { method: 'POST', headers, body: specs });
  if (!told.ok) throw new Error(`flavor: ${told.status} ${await told.text()}`);
  return flavor.name;
}
