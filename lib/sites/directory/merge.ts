import type { Site } from '../types';
import type { Listed } from './listed';

/** What is the same site in two lists: one address, or one name. */
const isSame = (a: Pick<Listed, 'name' | 'authUrl'>, b: Pick<Listed, 'name' | 'authUrl'>) =>
  hostOf(a.authUrl) === hostOf(b.authUrl) || a.name.toLowerCase() === b.name.toLowerCase();

/**
 * What is known of a directory after it was read: what it lists now, and what it listed before and no longer does, with since when.
 * @param before what was known; at first, the snapshot that Transat comes with
 * @param same whether two entries are one site
 */
export function remember(before: readonly Listed[], read: readonly Listed[], now: Date, same: typeof isSame = isSame): Listed[] {
  const gone = before.filter((known) => !read.some((site) => same(known, site)));
  return [...read, ...gone.map((site) => ({ ...site, goneSince: site.goneSince ?? now.toISOString() }))];
}

/**
 * The sites of the snapshot brought up to date by what a directory lists, and those that are new in it.
 * @param make a site that the snapshot does not have
 * @param mayGetSignIns whether people's sign-ins may go to an address that the directory names. An address that moved within its domain
 *   keeps them; one that moved elsewhere, or is new, gets none unless the operator says so: a directory that somebody took over must not
 *   collect tokens.
 */
export function merge(
  snapshot: readonly Site[],
  listed: readonly Listed[],
  make: (site: Listed, id: string) => Site,
  mayGetSignIns: (authUrl: string) => boolean,
): Site[] {
  const taken = new Set<Listed>();
  const updated = snapshot.map((site) => {
    const now =
      listed.find((each) => !taken.has(each) && hostOf(each.authUrl) === hostOf(site.authUrl)) ??
      listed.find((each) => !taken.has(each) && isSame(each, site));
    if (!now) return site;
    taken.add(now);
    const projects = now.projects && Object.keys(now.projects).length > 0 ? now.projects : site.projects;
    const moved: Site = {
      ...site,
      authUrl: now.authUrl,
      ...(projects ? { projects } : {}),
      ...(now.goneSince ? { goneSince: now.goneSince } : {}),
    };
    return staysAtHome(site.authUrl, now.authUrl) || mayGetSignIns(now.authUrl) ? moved : withoutSignIn(moved);
  });
  const ids = new Set(snapshot.map(({ id }) => id));
  const fresh = listed.flatMap((each) => {
    const id = idOf(each.name);
    if (taken.has(each) || id === '' || ids.has(id)) return [];
    ids.add(id);
    const site = make(each, id);
    return [mayGetSignIns(each.authUrl) ? site : withoutSignIn(site)];
  });
  return [...updated, ...fresh];
}

function withoutSignIn(site: Site): Site {
  const none = { oidcProvider: undefined, deviceFlow: undefined };
  return {
    ...site,
    ...none,
    methods: [...new Set([...site.methods.filter((method) => method !== 'oidc'), 'applicationCredential' as const])],
  };
}

/** Whether an address moved within the domain that its host is in, if at all. */
function staysAtHome(before: string, now: string): boolean {
  const [from, to] = [new URL(before), new URL(now)];
  const domain = from.hostname.split('.').slice(1).join('.');
  return from.hostname === to.hostname || (domain.includes('.') && to.hostname.endsWith(`.${domain}`));
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function idOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
