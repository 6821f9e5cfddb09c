import { AppError } from '@/lib/core/errors';
import { describeApplicationCredential } from '@/lib/openstack';
import type { Cloud, CloudAuth } from '@/lib/openstack/types';
import { identityEndpoint, withDeadline } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import type { KeepingPorts } from '../ports';
import type { CredentialCheck } from '../types';
import { leaseCheck, quotaCheck, serverCheck } from './judge';

const TRY_MS = 10_000;

/** What a credential turned out to be good for. */
export interface Tried {
  /** null where it leads to several and none was named */
  project: { id: string; name: string } | null;
  /** null: never; undefined: the site did not tell */
  expiresAt: Date | null | undefined;
  checks: CredentialCheck[];
}

/**
 * Tries a credential at its site, without making anything there.
 * @param wanted id or name of a project
 * @throws AppError what the site said, where it gives no token or no project; the rest is told in the checks
 */
export async function tryCredential(
  services: Pick<KeepingPorts, 'listProjects' | 'connectCloud'>,
  site: Site,
  auth: CloudAuth,
  wanted?: string,
): Promise<Tried> {
  const endpoint = identityEndpoint(site);
  const within = <T>(work: (options: { signal: AbortSignal }) => Promise<T>) =>
    withDeadline(work, TRY_MS, `${site.name} did not answer within ${TRY_MS / 1000} s`);
  const projects = await within((options) => services.listProjects(endpoint, auth, options));
  const project = wanted === undefined ? projects[0] : projects.find(({ id, name }) => id === wanted || name === wanted);
  if (!project) throw noProject(site, projects, wanted);
  // signing in to the project shows what a list does not: a role in it, and a catalogue
  const cloud = await within((options) => services.connectCloud(endpoint, auth, project.id, options));
  const [about, quota, leases] = await Promise.all([
    within(() => describeApplicationCredential(endpoint, auth)).catch(() => undefined),
    within((options) => quotaCheck(cloud, options)),
    within((options) => leaseCheck(site, cloud, auth.kind, options)),
  ]);
  const several = wanted === undefined && projects.length > 1;
  return {
    project: several ? null : cloud.identity.project,
    expiresAt: about === null ? null : about?.expiresAt,
    checks: [
      { what: 'token', state: 'good', detail: `${site.name} gave a token to ${shortened(cloud.identity.user.name)}.` },
      { what: 'project', state: 'good', detail: projectsOf(cloud, projects) },
      quota,
      serverCheck(cloud.identity.roles),
      ...(leases ? [leases] : []),
    ],
  };
}

// federated people are called by long numbers at some sites
const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 12)}…${name.slice(-16)}` : name);

function projectsOf({ identity }: Cloud, projects: { name: string }[]): string {
  const [{ name }, others] = [identity.project, projects.length - 1];
  if (others < 1) return `It leads to ${name}.`;
  return others === 1 ? `It leads to ${name} and 1 other project.` : `It leads to ${name} and ${others} other projects.`;
}

function noProject(site: Site, projects: { name: string }[], wanted: string | undefined): AppError {
  return new AppError({
    code: 'project-not-yours',
    title:
      wanted === undefined ? `This credential has no project at ${site.name}` : `This credential does not lead to the project ${wanted}`,
    detail: `${site.name} accepts the credential, and lists ${projects.map(({ name }) => name).join(', ') || 'no projects'} for it.`,
    remedy: 'Choose one of the listed projects, or ask the project’s leader to add you.',
  });
}
