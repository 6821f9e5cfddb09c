import { type Clock, systemClock } from '@/lib/core/clock';
import { AppError, type ErrorCode, type Problem } from '@/lib/core/errors';
import type { CloudAuth, IdentityEndpoint, ListProjects } from '@/lib/openstack/types';
import { withDeadline } from './facts';
import type { Site } from './types';
import { whyDown } from './why-down';

/** One way of a person into a site. */
export interface Way {
  /** credential id */
  credential: string;
  auth(): Promise<CloudAuth>;
}

/** What a person can do at a site, and with which credential. */
export interface SiteAccess {
  access: 'ready' | 'needs-credential' | 'denied' | 'unreachable';
  projects: { id: string; name: string; credential: string }[];
  reason: Problem | null;
}

/** How to reach a site's Keystone. */
export function identityEndpoint(site: Site): IdentityEndpoint {
  const { id, name, authUrl, region, ca, allowPrivate, allowedRanges, own } = site;
  return { site: id, name, authUrl, region, ca, allowPrivate, allowedRanges, discreet: own };
}

/**
 * Tries all of a person's ways into a site at once.
 * @param deadlineMs a site that takes longer counts as unreachable
 */
export async function checkAccess(
  site: Site,
  ways: readonly Way[],
  listProjects: ListProjects,
  deadlineMs = 5000,
  clock: Clock = systemClock,
): Promise<SiteAccess> {
  if (ways.length === 0) return { access: 'needs-credential', projects: [], reason: noWay(site) };
  const endpoint = identityEndpoint(site);
  const title = `${site.name} did not answer within ${deadlineMs / 1000} s`;
  const results = await Promise.allSettled(
    ways.map(async (way) => {
      const projects = await withDeadline(async (options) => listProjects(endpoint, await way.auth(), options), deadlineMs, title);
      return projects.map(({ id, name }) => ({ id, name, credential: way.credential }));
    }),
  );
  const projects = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  if (projects.length > 0) return { access: 'ready', projects, reason: null };
  const problems = results.flatMap((result) => (result.status === 'rejected' ? [AppError.from(result.reason).toProblem()] : []));
  const reason = problems[0] ?? noProject(site);
  const access = accessFor(reason.code);
  return { access, projects: [], reason: access === 'unreachable' ? whyDown(site, reason, clock.now()) : reason };
}

const needsCredential: ErrorCode[] = ['credential-invalid', 'credential-expired', 'credential-missing', 'session-expired'];
const denied: ErrorCode[] = ['vo-not-mapped', 'project-not-yours', 'forbidden'];

function accessFor(code: ErrorCode): SiteAccess['access'] {
  if (needsCredential.includes(code)) return 'needs-credential';
  return denied.includes(code) ? 'denied' : 'unreachable';
}

function noWay(site: Site): Problem {
  const how = site.rules.applicationCredentialUrl ? ` You can make one at ${site.rules.applicationCredentialUrl}.` : '';
  return {
    code: 'credential-missing',
    title: `You have no credential for ${site.name}`,
    detail: `Transat can’t act for you at ${site.name}, since it has no credential of yours for it.`,
    remedy: `Add an application credential in Settings → Credentials.${how}`,
  };
}

function noProject(site: Site): Problem {
  return {
    code: 'project-not-yours',
    title: `You have no project at ${site.name}`,
    detail: `${site.name} knows you, but you are in no project there.`,
    remedy: site.rules.enrolUrl
      ? `Join a project or virtual organisation: ${site.rules.enrolUrl}`
      : 'Ask the site or your project’s leader to add you to a project.',
  };
}
