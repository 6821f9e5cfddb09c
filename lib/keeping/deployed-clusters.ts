import { sql } from 'kysely';
import { cacheOf } from '@/lib/core/cache';
import { log } from '@/lib/core/log';
import type { DeploymentOutput } from '@/lib/deploying/nodes/outputs';
import { readOutputs } from '@/lib/deploying/nodes/outputs';
import type { Visitor } from '@/lib/desk/types';
import type { Plan, PlannedOutput, Value } from '@/lib/planning/types';
import type { Site } from '@/lib/sites/types';
import { presentedCertificate } from '@/lib/web/certificate';
import { clusterParts, type NamedCluster } from '@/lib/workloads/clusters/named-in-outputs';
import { registerCluster } from '@/lib/workloads/clusters/register';
import type { Region, WorkloadPorts } from '@/lib/workloads/types';
import type { KeepingPorts } from './ports';

const AGAIN_MS = 60_000;
/** when a deployment's cluster could not be registered last, so that a page that looks often does not try as often */
const tried = cacheOf<number>(1000);

/**
 * Registers the OSCAR clusters that a person's ready deployments name in their outputs, each once. One that does not answer yet is tried again
 * later.
 */
export async function registerDeployed(services: KeepingPorts & WorkloadPorts, person: Pick<Visitor, 'id' | 'provider'>): Promise<void> {
  const rows = await services.store.db
    .selectFrom('deployments')
    .select(['id', 'name', 'plan'])
    .where('user_id', '=', person.id)
    .where('state', '=', 'ready')
    .where(sql<boolean>`jsonb_path_exists(plan, '$.outputs[*] ? (@.name like_regex "oscar_url$")')`)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('clusters').select('clusters.id').whereRef('clusters.deployment_id', '=', 'deployments.id'))),
    )
    .execute();
  const now = services.clock.now().getTime();
  const due = rows.filter(({ id }) => now - (tried.get(id) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS);
  for (const { id, name, plan } of due) {
    tried.set(id, now);
    // what the planner made, as it was stored
    const { outputs } = plan as Plan;
    await register(services, person, { id, name, outputs }).then(
      () => tried.delete(id),
      (error: unknown) => log.info({ err: error, deployment: id }, 'the OSCAR of a deployment could not be registered yet'),
    );
  }
}

async function register(
  services: KeepingPorts & WorkloadPorts,
  person: Pick<Visitor, 'id' | 'provider'>,
  deployment: { id: string; name: string; outputs: PlannedOutput[] },
): Promise<void> {
  const values = await readOutputs(services.ports, deployment.id, true);
  for (const named of clusterParts(values.map(({ name, value }: DeploymentOutput) => ({ name, value })))) {
    const { part, url, user, password } = named;
    const site = await siteOf(services, person.id, deployment, `${part}oscar_url`);
    const ca = await ownCertificates(services, named, site);
    const name = part === '' ? deployment.name : `${deployment.name} (${part.replace(/_+$/, '').replaceAll('_', ' ')})`;
    const given = { name: name.slice(0, 60), region: regionOf(site), endpoint: url, auth: { kind: 'basic' as const, user, password }, ca };
    const origin = { inside: site?.allowPrivate ?? false, deployment: { id: deployment.id, part, site: site?.id ?? '' } };
    await registerCluster(services, person, given, origin);
  }
}

/**
 * The certificates that OSCAR and its storage have signed for themselves. OSCAR's must be the one whose fingerprint its node told over the agent's
 * channel; its storage's is taken as it is seen first, since nobody tells of it, and no other from then on.
 */
async function ownCertificates(
  { config }: WorkloadPorts,
  { url, fingerprint, storage }: NamedCluster,
  site: Site | undefined,
): Promise<string | undefined> {
  if (fingerprint === null) return undefined;
  const peer = { id: 'deployed', kind: 'cluster' as const, allowedRanges: config.allowedRanges, allowPrivate: site?.allowPrivate ?? false };
  const seen = await presentedCertificate({ ...peer, address: url });
  if (seen?.fingerprint.toUpperCase() !== fingerprint.toUpperCase()) return undefined;
  const beside = storage?.startsWith('https:') ? await presentedCertificate({ ...peer, address: storage }) : null;
  return [seen.pem, beside?.pem].filter(Boolean).join('\n');
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
