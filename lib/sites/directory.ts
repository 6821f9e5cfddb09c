import type { Kysely } from 'kysely';
import { type Clock, systemClock } from '@/lib/core/clock';
import type { Config, ProviderConfig, SiteConfig } from '@/lib/core/config';
import { log } from '@/lib/core/log';
import type { Schema } from '@/lib/store/schema';
import { directorySites } from './directory/builtin';
import type { Listed } from './directory/listed';
import { sandboxSites } from './directory/sandbox';
import { readSources } from './directory/sources';
import { OwnSites } from './own-sites';
import type { Site } from './types';

/** Where one can deploy. */
export interface SiteDirectory {
  /** the sites that everybody sees, as known now: configured, of the directories, sandbox */
  readonly common: Site[];
  /** the sites that people added */
  own: OwnSites;
  /** those, and the ones that this person added; without those that left the directory, but where the person depends on them */
  of(userId: string | null): Promise<Site[]>;
  /** one of them, also one that left the directory; undefined when there is none of that id for this person */
  find(userId: string | null, siteId: string): Promise<Site | undefined>;
}

/** What the store knows of the directories is looked up again after this. */
const LOOK_MS = 60_000;
/** … and while nothing of them is known yet, as just after the first start, after this. */
const FIRST_LOOK_MS = 3_000;
/** A site that its directory no longer lists is still shown to everybody for so long: lists have gaps. */
const GONE_MS = 3 * 86_400_000;

/** Reads the directory for a configuration. @param providers the OpenID providers that people sign in with */
export function createDirectory(
  config: Config,
  providers: readonly ProviderConfig[],
  db: Kysely<Schema>,
  clock: Clock = systemClock,
): SiteDirectory {
  const configured = config.sites.map(configuredSite);
  const embedded = (listed?: readonly Listed[]) => (config.sandbox ? sandboxSites(config.sandboxUrl, listed) : []);
  const together = (listed: Site[]) =>
    // the operator's entry wins
    [...configured, ...listed].filter((site, index, all) => all.findIndex(({ id }) => id === site.id) === index);
  let common = together([...embedded(), ...(config.directory ? directorySites(providers) : [])]);
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lookAgainMs = FIRST_LOOK_MS;
  let looking: Promise<void> | undefined;

  const look = async () => {
    const { egi, chameleon, gocdb, sandboxSites: inSandbox, sandboxDowntimes } = await readSources(db);
    const known = [...(config.sandbox ? [inSandbox, sandboxDowntimes] : []), ...(config.directory ? [egi] : [])];
    lookAgainMs = known.some(({ readAt }) => readAt === null) ? FIRST_LOOK_MS : LOOK_MS;
    const reading = ({ content, readAt }: typeof egi) => (content && readAt ? { sites: content, asOf: readAt.toISOString() } : undefined);
    const now = clock.now().toISOString();
    const withDowntimes = (sites: Site[], { content }: typeof gocdb) => {
      const announced = new Map(Object.entries(content ?? {})); // sites may be called as what every object has
      return sites.map((site) => ({ ...site, downtimes: announced.get(site.gocdb ?? '')?.filter(({ end }) => end > now) ?? [] }));
    };
    const listed = config.directory
      ? directorySites(providers, { egi: reading(egi), chameleon: reading(chameleon) }, config.tokenHosts)
      : [];
    common = together([...withDowntimes(embedded(inSandbox.content ?? undefined), sandboxDowntimes), ...withDowntimes(listed, gocdb)]);
  };
  const known = async (): Promise<Site[]> => {
    const now = clock.now().getTime();
    if ((config.directory || config.sandbox) && now - lookedAt >= lookAgainMs) {
      lookedAt = now;
      looking = look()
        .catch((error: unknown) => log.warn({ err: error }, 'the directory of sites could not be read from the store'))
        .finally(() => {
          looking = undefined;
        });
    }
    await looking;
    return common;
  };
  const own = new OwnSites(db, config, () => common);
  const of: SiteDirectory['of'] = async (userId) => {
    const since = new Date(clock.now().getTime() - GONE_MS).toISOString();
    const isGone = ({ goneSince }: Site) => goneSince !== undefined && goneSince < since;
    const all = await known();
    const needed = userId !== null && all.some(isGone) ? await sitesInUse(db, userId) : new Set<string>();
    const shown = all.filter((site) => !isGone(site) || needed.has(site.id));
    return userId === null ? shown : [...shown, ...(await own.list(userId))];
  };
  return {
    get common() {
      return common;
    },
    own,
    of,
    async find(userId, siteId) {
      const found = (await known()).find(({ id }) => id === siteId);
      return found ?? (userId === null ? undefined : (await own.list(userId)).find(({ id }) => id === siteId));
    },
  };
}

/** Sites that a person has credentials for, or something deployed at. */
async function sitesInUse(db: Kysely<Schema>, userId: string): Promise<Set<string>> {
  const [credentials, resources] = await Promise.all([
    db.selectFrom('credentials').select('site').where('user_id', '=', userId).execute(),
    db
      .selectFrom('resources')
      .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
      .where('deployments.user_id', '=', userId)
      .where('deployments.deleted_at', 'is', null)
      .select('resources.site')
      .distinct()
      .execute(),
  ]);
  return new Set([...credentials, ...resources].map(({ site }) => site));
}

function configuredSite(given: SiteConfig): Site {
  const bareMetal = given.bareMetalFlavors !== undefined || given.bareMetalNetwork !== undefined;
  const chameleonMetal = given.kind === 'chameleon' && bareMetal;
  return {
    id: given.id,
    name: given.name,
    provider: given.kind,
    country: given.country,
    city: given.city,
    lat: given.lat,
    lon: given.lon,
    authUrl: given.authUrl,
    region: given.region,
    methods: given.methods,
    identityProvider: given.identityProvider,
    protocol: given.protocol,
    oidcProvider: given.provider,
    deviceFlow: given.deviceFlow,
    ca: given.ca,
    allowPrivate: given.allowPrivate,
    mirror: given.mirror,
    registryMirror: given.registryMirror,
    builds: given.builds,
    nodeProxy: given.proxy,
    features: {
      leases: bareMetal || given.leases !== undefined,
      bareMetal,
      volumes: !chameleonMetal,
      floatingIps: true,
      securityGroups: !chameleonMetal,
    },
    rules: {
      bareMetalNetwork: given.bareMetalNetwork,
      bareMetalFlavors: given.bareMetalFlavors,
      serverDeadlineSeconds: given.serverDeadlineSeconds,
      enrolUrl: given.enrolUrl,
      applicationCredentialUrl: given.applicationCredentialUrl,
      applicationCredentialMaxDays: given.applicationCredentialMaxDays,
      leases: given.leases,
    },
  };
}
