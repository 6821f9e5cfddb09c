import { ManualClock } from '@/lib/core/clock';
import { Cloud } from '../cloud/cloud';
import type { CloudDefinition, QuotaName } from '../cloud/definition';
import { europe } from '../cloud/europe';
import { World } from '../cloud/world';
import { listen, send } from '../http/listen';
import { emptyState } from '../state/records';

/** In what a site differs from one where all is well. */
export interface Difference {
  /** what it is made of */
  has?: (site: CloudDefinition) => Partial<CloudDefinition>;
  /** what its project may have in all */
  quotas?: Partial<Record<QuotaName, number>>;
  /** what it refuses, by service, method and path, in the words of its services; as often as is said, or always; perhaps though it has done it */
  refuses?: {
    service: string;
    method: string;
    path: string;
    status: number | 'reset-after-commit';
    body?: unknown;
    times?: number;
    afterCommit?: boolean;
  }[];
  /** what it says otherwise: an answer's body, by method and path */
  says?: (call: string, body: unknown) => unknown;
}

/** A site of the rig, which answers until it is closed. */
export interface RigSite {
  url: string;
  authUrl: string;
  clock: ManualClock;
  world: World;
  definition: CloudDefinition;
  project: string;
  user: { name: string; domain: string; password: string };
  /** from now on it differs so; a quota that it had before stays */
  becomes(difference: Pick<Difference, 'quotas' | 'refuses'>): Promise<void>;
  /** it refuses nothing any more */
  mends(): Promise<void>;
  close(): Promise<void>;
}

const password = 'a-person-at-the-rig';

/** A site that says one thing differently: one of the sandbox's clouds, alone, with its own clock. */
export async function siteThat(difference: Difference = {}, clock = new ManualClock(new Date('2030-01-01T00:00:00Z'))): Promise<RigSite> {
  const plain = europe('http://localhost:9/oidc');
  const definition = { ...plain, ...difference.has?.(plain) };
  let cloud: Cloud | undefined;
  const server = await listen(0, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://rig.invalid');
    const path = pathname.slice(definition.id.length + 1);
    const end = response.end.bind(response);
    const said = (text: unknown) => {
      const body: unknown = difference.says?.(`${request.method} ${path}`, JSON.parse(String(text)));
      return end(JSON.stringify(body));
    };
    if (difference.says) response.end = (text?: unknown) => (isJson(text) ? said(text) : end(text));
    cloud?.handle(request, response, path, searchParams).catch((error: unknown) => send(response, { status: 500, body: String(error) }));
  });
  const sandboxUrl = `http://localhost:${server.port}`;
  const world = new World({
    definition,
    sandboxUrl,
    clock,
    speed: 1,
    state: emptyState(),
    changed: () => {},
    secrets: { password, applicationCredentialSecret: password },
    introspect: async () => null,
    software: { installed: async (_cloud, _server, _step, outputs) => outputs, gone: () => {} },
  });
  cloud = new Cloud(world);
  const { localUser, domain } = definition;
  const door = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${world.url}${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The rig refused ${method} ${path}: ${await answer.text()}`);
  };
  const site: RigSite = {
    url: world.url,
    authUrl: `${world.url}/v3`,
    clock,
    world,
    definition,
    project: world.projectId(localUser.project),
    user: { name: localUser.name, domain: domain.name, password },
    async becomes({ quotas, refuses = [] }) {
      if (quotas) await door('PUT', '/_quotas', { project: localUser.project, limits: quotas });
      for (const { service, method, path, times = 1_000_000, ...answer } of refuses) {
        await door('POST', '/_faults', { match: { service, method, path }, answer, times });
      }
    },
    mends: () => door('DELETE', '/_faults'),
    async close() {
      world.schedule.close();
      await server.close();
    },
  };
  await site.becomes(difference);
  return site;
}

/** A refusal as Neutron words it, of what is asked for at a path. */
export function neutronRefuses(call: `${'POST' | 'PUT' | 'GET'} ${string}`, status: number, type: string, message: string, times?: number) {
  const [method = '', path = ''] = call.split(' ');
  return { service: 'network', method, path: `${path}$`, status, body: { NeutronError: { type, message, detail: '' } }, times };
}

const isJson = (text: unknown): boolean => typeof text === 'string' && /^[[{]/.test(text);
