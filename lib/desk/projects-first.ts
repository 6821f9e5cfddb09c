import type { Site } from '@/lib/sites/types';
import type { Visitor } from './types';

/**
 * A person's projects at a site in the order in which they likely want them: those that the directory says are for their virtual
 * organisations, then those named after one, then the others as the site lists them.
 */
export function projectsFirst<T extends { id: string; name: string }>(person: Visitor, site: Site, projects: readonly T[]): T[] {
  const vos = person.groups.map(({ vo }) => vo);
  const hinted = new Set(vos.flatMap((vo) => site.projects?.[vo] ?? []));
  const named = new Set(vos);
  const rank = ({ id, name }: T) => (hinted.has(id) ? 0 : named.has(name) ? 1 : 2);
  return projects.toSorted((a, b) => rank(a) - rank(b));
}
