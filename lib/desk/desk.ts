import { type Cache, cacheOf } from '@/lib/core/cache';
import type { Clock } from '@/lib/core/clock';
import { AppError, type Problem } from '@/lib/core/errors';
import { inCommon } from '@/lib/core/in-common';
import { type CredentialRecord, type CredentialsRoom, ownDevice, ownSignIn } from '@/lib/credentials';
import type { Cloud, CloudAuth, ConnectCloud, ListProjects } from '@/lib/openstack/types';
import { checkAccess, identityEndpoint, type SiteAccess, type SiteDirectory, type Way, withDeadline } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import { paced } from './paced';
import { projectsFirst } from './projects-first';
import type { Entry, Visitor } from './types';

/** How long an answer about access is used again: a good one, and a bad one. */
const GOOD_MS = 300_000;
const BAD_MS = 20_000;
const LEAVE_MS = 5000;
/** How long an opened secret serves the calls that follow. */
const OPEN_MS = 20_000;
const MOST_KNOWN = 50_000;
const MOST_OPEN = 10_000;

interface Parts {
  clock: Clock;
  credentials: CredentialsRoom;
  sites: SiteDirectory;
  connectCloud: ConnectCloud;
  listProjects: ListProjects;
}

/** Leads people to sites: who may enter where, by which credential. Remembers for a while what it learnt. */
export class SiteDesk {
  readonly #parts: Parts;
  readonly #known: Cache<SiteAccess>;
  readonly #auths: Cache<Promise<CloudAuth>>;
  readonly #together = inCommon<SiteAccess>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#known = cacheOf(MOST_KNOWN, { clock: parts.clock });
    this.#auths = cacheOf(MOST_OPEN, { clock: parts.clock, lastsMs: OPEN_MS });
  }

  /** The access of a person to a site as it was learnt a short while ago; undefined when it must be asked. */
  known(person: Visitor, site: Site): SiteAccess | undefined {
    return this.#known.get(keyOf(person, site));
  }

  /** The access of a person to a site, asked where it is not known. Never throws. @param held their stored credentials, where they are known */
  async access(person: Visitor, site: Site, held?: readonly CredentialRecord[]): Promise<SiteAccess> {
    const key = keyOf(person, site);
    const known = this.known(person, site);
    if (known) return known;
    return await this.#together(key, () => this.#ask(person, site, held));
  }

  /** The same for somebody who looks at this site alone: a bad answer is not used again, since they may have mended its cause. */
  async accessNow(person: Visitor, site: Site): Promise<SiteAccess> {
    if (this.known(person, site)?.access !== 'ready') this.#known.delete(keyOf(person, site));
    return await this.access(person, site);
  }

  /**
   * Asks many sites at once for the access to each; no promise ever rejects. Sites that serve none of the person's virtual
   * organisations are not asked: no token goes where it is of no use.
   */
  async askAll(person: Visitor, sites: readonly Site[]): Promise<{ site: Site; access: Promise<SiteAccess> }[]> {
    const records = await this.#parts.credentials.records.list(person.id);
    const held = new Set(records.map(({ site }) => site));
    const turn = paced();
    return sites.map((site) => {
      if (!held.has(site.id) && servesOthers(person, site)) return { site, access: Promise.resolve(notForYou(site)) };
      const known = this.known(person, site);
      const access = known ? Promise.resolve(known) : turn().then(() => this.access(person, site, records));
      return { site, access };
    });
  }

  /** The access to many sites, as far as it is known after `waitMs`; what takes longer goes on, to be known later. With 0 none is asked. */
  async survey(person: Visitor, sites: readonly Site[], waitMs: number): Promise<Map<string, SiteAccess | undefined>> {
    const found = new Map(sites.map((site) => [site.id, this.known(person, site)]));
    if (waitMs === 0) return found;
    const asked = await this.askAll(person, sites);
    const all = asked.map(async ({ site, access }) => found.set(site.id, await access));
    await Promise.race([Promise.all(all), new Promise((resolve) => setTimeout(resolve, waitMs).unref())]);
    return found;
  }

  /** Forgets what was learnt for a person: their credentials have changed. */
  forget(userId: string): void {
    for (const kept of [this.#known, this.#auths]) {
      for (const key of Array.from(kept.keys())) if (key.startsWith(`${userId} `)) kept.delete(key);
    }
  }

  /**
   * The project and credential that a request means where it leaves them open.
   * @throws AppError saying why there is none
   */
  async entry(person: Visitor, site: Site, wanted: { project?: string; credential?: string } = {}): Promise<Entry> {
    const { projects, reason } = await this.access(person, site);
    const own = projects.filter(
      ({ id, credential }) =>
        (wanted.project === undefined || id === wanted.project) && (wanted.credential === undefined || credential === wanted.credential),
    );
    const [choice] = own;
    if (choice) return { site, project: { id: choice.id, name: choice.name }, credential: choice.credential };
    throw new AppError(projects.length > 0 || !reason ? notYours(site, wanted) : reason);
  }

  /** Signs in to a project of a site. Throws as {@link ConnectCloud}, and `deadline-passed` after `deadlineMs`. */
  async enter(person: Visitor, { site, project, credential }: Entry, deadlineMs = 10_000): Promise<Cloud> {
    const { connectCloud } = this.#parts;
    const auth = await this.#auth(person, site, credential);
    const connect = (options: { signal: AbortSignal }) => connectCloud(identityEndpoint(site), auth, project.id, options);
    return await withDeadline(connect, deadlineMs, `${site.name} did not answer within ${deadlineMs / 1000} s`);
  }

  /** Ends what a person's own sign-in has opened at the sites: its tokens there are revoked. A site that does not answer is left. */
  async leave(person: Visitor): Promise<void> {
    const own = (await this.#parts.sites.of(person.id)).map(({ id }): [string, string] => [id, ownSignIn(id)]);
    await this.close(person, new Map(own));
  }

  /** The same for credentials by site. */
  async close(person: Visitor, credentialsBySite: ReadonlyMap<string, string>): Promise<void> {
    const doors = (await this.#parts.sites.of(person.id)).flatMap((site) => {
      const wanted = credentialsBySite.get(site.id);
      const open = this.known(person, site)?.projects.filter(({ credential }) => credential === wanted) ?? [];
      return open.map(({ credential, ...project }) => ({ site, project, credential }));
    });
    const closing = doors.map((entry) => withDeadline(async () => (await this.enter(person, entry)).signOut(), LEAVE_MS, entry.site.id));
    await Promise.allSettled(closing);
    this.forget(person.id);
  }

  async #ask(person: Visitor, site: Site, held?: readonly CredentialRecord[]): Promise<SiteAccess> {
    const { listProjects } = this.#parts;
    let access: SiteAccess;
    try {
      const found = await checkAccess(site, await this.#ways(person, site, held), listProjects);
      access = { ...found, projects: projectsFirst(person, site, found.projects) };
    } catch (error) {
      access = { access: 'unreachable', projects: [], reason: AppError.from(error).toProblem() };
    }
    this.#known.set(keyOf(person, site), access, { ttl: access.access === 'ready' ? GOOD_MS : BAD_MS });
    return access;
  }

  async #ways(person: Visitor, site: Site, held?: readonly CredentialRecord[]): Promise<Way[]> {
    const { credentials } = this.#parts;
    const records = held?.filter((record) => record.site === site.id) ?? (await credentials.records.list(person.id, site.id));
    const device = credentials.deviceClient(site)?.provider.id;
    const connected = device !== undefined && (await credentials.grants.of(person.id, device)).length > 0;
    const ids = [...(usesOwnSignIn(person, site) ? [ownSignIn(site.id)] : []), ...(connected ? [ownDevice(site.id)] : [])];
    return [
      ...ids.map((credential) => ({ credential, auth: () => this.#auth(person, site, credential) })),
      ...records.map((record) => ({ credential: record.id, auth: () => this.#auth(person, site, record.id, record) })),
    ];
  }

  /** What a credential proves, opened once for the calls that follow each other. @param record of the credential, where it is at hand */
  #auth(person: Visitor, site: Site, credential: string, record?: CredentialRecord): Promise<CloudAuth> {
    const { credentials } = this.#parts;
    const key = `${keyOf(person, site)} ${credential}`;
    const known = this.#auths.get(key);
    if (known) return known;
    const open = record ? credentials.cloudAuthOf(record, site) : credentials.cloudAuthFor(person.id, credential, site);
    this.#auths.set(key, open);
    open.catch(() => {
      if (this.#auths.peek(key) === open) this.#auths.delete(key);
    });
    return open;
  }
}

/** Whether a person's own sign-in is a way into a site. */
export function usesOwnSignIn(person: Visitor, site: Site): boolean {
  return site.methods.includes('oidc') && site.oidcProvider === person.provider;
}

const keyOf = (person: Visitor, site: Site): string => `${person.id} ${site.id}`;

function servesOthers(person: Visitor, site: Site): boolean {
  const served = Object.keys(site.projects ?? {});
  return usesOwnSignIn(person, site) && served.length > 0 && !person.groups.some(({ vo }) => served.includes(vo));
}

function notForYou(site: Site): SiteAccess {
  const served = Object.keys(site.projects ?? {}).filter((vo) => vo !== 'ops');
  const reason: Problem = {
    code: 'vo-not-mapped',
    title: `${site.name} serves none of your virtual organisations`,
    detail: `${site.name} serves ${served.slice(0, 8).join(', ') || 'the operations team only'}${served.length > 8 ? ' and others' : ''}. You are in none of them.`,
    cause: 'A site of EGI admits the members of the virtual organisations that it has agreements with.',
    remedy: site.rules.enrolUrl
      ? `Join a virtual organisation, for example the pilot one: ${site.rules.enrolUrl}`
      : 'Join one of these virtual organisations.',
  };
  return { access: 'denied', projects: [], reason };
}

function notYours(site: Site, { project, credential }: { project?: string; credential?: string }): Problem {
  const { name } = site;
  const nowhere = credential
    ? `At ${name}, this credential leads to no project at all.`
    : `At ${name}, your credentials lead to no project at all.`;
  const elsewhere = credential
    ? `At ${name}, this credential leads to no project ${project}.`
    : `At ${name}, your credentials lead to no project ${project}.`;
  return {
    code: 'project-not-yours',
    title: `You have no such project at ${name}`,
    detail: project === undefined ? nowhere : elsewhere,
    remedy: 'Choose one of the projects that the site’s page lists for you.',
  };
}
