import { notFound } from '@/lib/core/problems';
import { type CredentialRecord, ownDevice, ownSignIn } from '@/lib/credentials';
import { usesOwnSignIn } from '@/lib/desk/desk';
import type { Visitor } from '@/lib/desk/types';
import { over } from '@/lib/leasing/rows';
import type { Site } from '@/lib/sites/types';
import type { Store } from '@/lib/store';
import type { KeepingPorts } from '../ports';
import type { Credential } from '../types';

const MOST_NAMES = 50;
/** What acts by credentials, by their ids. */
interface Uses {
  deployments: ReadonlyMap<string, Credential['usedBy']>;
  leases: ReadonlyMap<string, Credential['leases']>;
}

/** A person's credentials: their own sign-in at each site that takes it, what they connected by the device flow, then the stored ones. */
export async function listCredentials(services: KeepingPorts, person: Visitor): Promise<Credential[]> {
  const { credentials, sites } = services;
  const [records, all, uses] = await Promise.all([credentials.records.list(person.id), sites.of(person.id), usesOf(services, person)]);
  const own = all.filter((site) => usesOwnSignIn(person, site)).map((site) => ownSignInView(services, person, site, uses));
  const devices = await Promise.all(all.map((site) => deviceView(services, person, site, all, uses)));
  return [...own, ...devices.filter((each) => each !== null), ...records.map((record) => recordView(record, uses))];
}

/** One of them. @throws AppError `not-found` */
export async function readCredential(services: KeepingPorts, person: Visitor, id: string): Promise<Credential> {
  const found = (await listCredentials(services, person)).find((credential) => credential.id === id);
  if (!found) throw notFound('credential');
  return found;
}

async function usesOf({ store }: KeepingPorts, person: Visitor): Promise<Uses> {
  const [deployments, leases] = await Promise.all([deploymentsBy(store, person), leasesBy(store, person)]);
  return { deployments, leases };
}

// What was only seen goes on without Transat anyway.
async function leasesBy({ db }: Store, person: Visitor): Promise<Uses['leases']> {
  const rows = await db
    .selectFrom('leases')
    .select(['credential', 'id', 'name', 'ends_at'])
    .where('user_id', '=', person.id)
    .where('taken_over', '=', true)
    .where('lease_id', 'is not', null)
    .where('status', 'not in', [...over])
    .orderBy('ends_at')
    .execute();
  const all = rows.map(({ credential, id, name, ends_at }) => ({ credential, lease: { id, name, end: ends_at.toISOString() } }));
  return new Map([...Map.groupBy(all, ({ credential }) => credential)].map(([id, some]) => [id, some.map(({ lease }) => lease)]));
}

async function deploymentsBy(store: Store, person: Visitor): Promise<Uses['deployments']> {
  const rows = await store.db
    .selectFrom('resources')
    .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
    .where('deployments.user_id', '=', person.id)
    .where('deployments.deleted_at', 'is', null)
    .groupBy(['resources.credential', 'deployments.id'])
    .orderBy('deployments.created_at', 'desc')
    .select(['resources.credential', 'deployments.id', 'deployments.name', 'deployments.state'])
    .execute();
  const uses = new Map<string, Credential['usedBy']>();
  for (const { credential, ...deployment } of rows) {
    const known = uses.get(credential);
    if (known) known.push(deployment);
    else uses.set(credential, [deployment]);
  }
  return uses;
}

const usedBy = (uses: Uses, id: string) => usedByAny(uses, [id]);

// one approval serves all sites of a provider: who ends it at one ends it at all, and stops what stands at any of them
function usedByAny({ deployments, leases }: Uses, ids: readonly string[]) {
  const all = new Map(ids.flatMap((id) => deployments.get(id) ?? []).map((each) => [each.id, each]));
  return {
    deployments: all.size,
    usedBy: [...all.values()].slice(0, MOST_NAMES),
    leases: ids.flatMap((id) => leases.get(id) ?? []).slice(0, MOST_NAMES),
  };
}

function recordView(record: CredentialRecord, uses: Uses): Credential {
  const { id, kind, site, name, shown, project_id, project_name, checks } = record;
  return {
    id,
    kind,
    site,
    name,
    project: project_id === null ? null : { id: project_id, name: project_name ?? project_id },
    shown,
    expiresAt: record.expires_at?.toISOString() ?? null,
    checkedAt: record.checked_at?.toISOString() ?? null,
    problem: record.problem ?? null,
    checks: checks ?? null,
    made: record.made_with !== null,
    createdAt: record.created_at.toISOString(),
    ...usedBy(uses, id),
  };
}

/** What all credentials that stand for a sign-in of the person have in common. */
const unstored = { project: null, expiresAt: null, checkedAt: null, checks: null, made: false } as const;

function ownSignInView(services: KeepingPorts, person: Visitor, site: Site, uses: Uses): Credential {
  const id = ownSignIn(site.id);
  const provider = services.credentials.openId(person.provider)?.provider.name ?? person.provider;
  return {
    ...unstored,
    id,
    kind: 'oidc',
    site: site.id,
    name: `Your sign-in with ${provider}`,
    shown: { provider },
    problem: services.desk.known(person, site)?.reason ?? null,
    createdAt: null,
    ...usedBy(uses, id),
  };
}

async function deviceView(
  services: KeepingPorts,
  person: Visitor,
  site: Site,
  all: readonly Site[],
  uses: Uses,
): Promise<Credential | null> {
  const { credentials, desk } = services;
  const provider = credentials.deviceClient(site)?.provider;
  if (!provider) return null;
  const [grant] = await credentials.grants.of(person.id, provider.id);
  if (!grant) return null;
  const id = ownDevice(site.id);
  return {
    ...unstored,
    id,
    kind: 'device',
    site: site.id,
    name: `Your ${provider.name} account`,
    shown: { provider: provider.name },
    problem: desk.known(person, site)?.reason ?? null,
    createdAt: grant.created_at.toISOString(),
    ...usedByAny(
      uses,
      all.filter((each) => credentials.deviceClient(each)?.provider.id === provider.id).map((each) => ownDevice(each.id)),
    ),
  };
}
