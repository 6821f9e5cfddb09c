import { sql } from 'kysely';
import { cacheOf } from '@/lib/core/cache';
import { log } from '@/lib/core/log';
import type { DeploymentOutput } from '@/lib/deploying/nodes/outputs';
import { readOutputs } from '@/lib/deploying/nodes/outputs';
import type { Visitor } from '@/lib/desk/types';
import type { Plan, PlannedOutput, Value } from '@/lib/planning/types';
import type { Site } from '@/lib/sites/types';
import { presentedCertificate } from '@/lib/web/certificate';
import { clusterName, clusterParts, type NamedCluster } from '@/lib/workloads/clusters/named-in-outputs';
import { registerCluster, renewCluster } from '@/lib/workloads/clusters/register';
import type { Region, WorkloadPorts } from '@/lib/workloads/types';
import type { KeepingPorts } from './ports';

/** A cluster as it is kept; `problem`: why it could not be asked last. */
interface Registered {
  id: string;
  part: string;
  problem: unknown;
}

const AGAIN_MS = 60_000;
/** when a deployment's cluster could not be registered last, so that a page that looks often does not try as often */
const tried = cacheOf<number>(1000);

/**
 * Registers the OSCAR clusters that a person's ready deployments name in their outputs, each once; one that is not reached any more is reached as its
 * deployment says now. One that does not answer yet is tried again later, and holds up no other.
 */
export async function registerDeployed(services: KeepingPorts & WorkloadPorts, person: Pick<Visitor, 'id' | 'provider'>): Promise<void> {
  const rows = await services.store.db
    .selectFrom('deployments')
    .select(['id', 'name', 'plan'])
    .where('user_id', '=', person.id)
    .where('state', '=', 'ready')
    .where(sql<boolean>`jsonb_path_exists(plan, '$.outputs[*] ? (@.name like_regex "oscar_url$")')`)
    .execute();
  const known = await services.store.db
    .selectFrom('clusters')
    .select(['id', 'deployment_id', 'part', 'name', 'problem'])
    .where('user_id', '=', person.id)
    .execute();
  const names = new Set(known.map(({ name }) => name));
  const now = services.clock.now().getTime();
  for (const { id, name, plan } of rows) {
    // what the planner made, as it was stored
    const { outputs } = plan as Plan;
    const registered = known.filter((cluster) => cluster.deployment_id === id);
    const sound = registered.filter(({ problem }) => problem === null);
    if (sound.length >= outputs.filter((output) => output.name.endsWith('oscar_url')).length) continue;
    if (now - (tried.get(id) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
    tried.set(id, now);
    await register(services, person, { id, name, outputs }, registered, names);
  }
}

async function register(
  services: KeepingPorts & WorkloadPorts,
  person: Pick<Visitor, 'id' | 'provider'>,
  deployment: { id: string; name: string; outputs: PlannedOutput[] },
  registered: readonly Registered[],
  names: Set<string>,
): Promise<void> {
  const values = await readOutputs(services.ports, deployment.id, true);
  const all = clusterParts(values.map(({ name, value }: DeploymentOutput) => ({ name, value })));
  for (const named of all) {
    const there = registered.find(({ part }) => part === named.part);
    if (there?.problem === null) continue;
    const done = there
      ? renewPart(services, person, deployment, named, there.id)
      : registerPart(services, person, deployment, named, names);
    await done.catch((error: unknown) =>
      log.info({ err: error, deployment: deployment.id, part: named.part }, 'the OSCAR of a deployment could not be reached yet'),
    );
  }
}

async function renewPart(
  services: KeepingPorts & WorkloadPorts,
  person: Pick<Visitor, 'id' | 'provider'>,
  deployment: { id: string; outputs: PlannedOutput[] },
  named: NamedCluster,
  id: string,
): Promise<void> {
  const site = await siteOf(services, person.id, deployment, `${named.part}oscar_url`);
  const { ca, storageCa } = await ownCertificates(services, named, site);
  const auth = { kind: 'basic' as const, user: named.user, password: named.password };
  await renewCluster(services, person, id, { endpoint: named.url, auth, ca }, storageCa);
}

async function registerPart(
  services: KeepingPorts & WorkloadPorts,
  person: Pick<Visitor, 'id' | 'provider'>,
  deployment: { id: string; name: string; outputs: PlannedOutput[] },
  named: NamedCluster,
  names: Set<string>,
): Promise<void> {
  const { part, url, user, password } = named;
  const site = await siteOf(services, person.id, deployment, `${part}oscar_url`);
  const { ca, storageCa } = await ownCertificates(services, named, site);
  const name = clusterName(deployment, part, names);
  const given = { name, region: regionOf(site), endpoint: url, auth: { kind: 'basic' as const, user, password }, ca };
  const origin = { inside: site?.allowPrivate ?? false, deployment: { id: deployment.id, part, site: site?.id ?? '' }, storageCa };
  await registerCluster(services, person, given, origin);
  names.add(name);
}

/**
 * The certificates that OSCAR and its storage have signed for themselves, each for its own: whoever has the key of the one is not the other.
 * OSCAR's must be the one whose fingerprint its node told over the agent's channel; its storage's is taken as it is seen first, since nobody tells of it, and no other from then on.
 */
async function ownCertificates(
  { config }: WorkloadPorts,
  { url, fingerprint, storage }: NamedCluster,
  site: Site | undefined,
): Promise<{ ca?: string; storageCa?: string }> {
  if (fingerprint === null) return {};
  const peer = { id: 'deployed', kind: 'cluster' as const, allowedRanges: config.allowedRanges, allowPrivate: site?.allowPrivate ?? false };
  const seen = await presentedCertificate({ ...peer, address: url });
  if (seen?.fingerprint.toUpperCase() !== fingerprint.toUpperCase()) return {};
  const beside = storage?.startsWith('https:') ? await presentedCertificate({ ...peer, address: storage }) : null;
  return { ca: seen.pem, ...(beside && { storageCa: beside.pem }) };
}

/** Where the node stands that tells an output. */
async function siteOf(
  { store, sites }: KeepingPorts,
  userId: string,
  { id, outputs }: { id: string; outputs: PlannedOutput[] },
  output: string,
): Promise<Site | undefined> {
  const node = nodeIn(outputs.find(({ name }) => name === output)?.value ?? '');
  const rows = await store.db.selectFrom('nodes').select(['key', 'site']).where('deployment_id', '=', id).execute();
  const site = (rows.find(({ key }) => key === node) ?? rows[0])?.site;
  return site === undefined ? undefined : await sites.find(userId, site);
}

function nodeIn(value: Value): string | undefined {
  if (typeof value === 'string') return undefined;
  if ('concat' in value) return value.concat.map(nodeIn).find(Boolean);
  if ('join' in value) return value.join.map(nodeIn).find(Boolean);
  return 'stepOutput' in value ? value.node : undefined;
}

const american = ['US', 'CA', 'MX'];

/** On which shore a site is. Pure. */
function regionOf(site: Pick<Site, 'provider' | 'country'> | undefined): Region {
  if (site === undefined) return 'other';
  if (site.provider === 'chameleon' || american.includes(site.country ?? '')) return 'us';
  return site.provider === 'egi' ? 'eu' : 'other';
}
