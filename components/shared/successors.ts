import type { Credential } from '@/lib/api/contract/credentials';

/** By what something acts at a site. */
export interface Acting {
  site: string;
  project: string;
  credential: string;
}

/**
 * The credentials that may take over from one, as far as can be known before they are tried: of the same site, and of the same project where they lead to one
 * alone. Those that are refused come last. Pure.
 */
export function successorsOf<Of extends Pick<Credential, 'id' | 'site' | 'project' | 'problem'>>(
  all: readonly Of[],
  { site, project, credential }: Acting,
): Of[] {
  const fit = all.filter((each) => each.id !== credential && each.site === site && (each.project === null || each.project.id === project));
  return fit.toSorted((one, other) => Number(one.problem !== null) - Number(other.problem !== null));
}

/** By what a deployment acts where, each once. Pure. */
export function actingOf(placement: Record<string, { site: string; project?: string; credential?: string }>): Acting[] {
  const acting = new Map<string, Acting>();
  for (const { site, project, credential } of Object.values(placement)) {
    if (project !== undefined && credential !== undefined)
      acting.set(JSON.stringify([site, project, credential]), { site, project, credential });
  }
  return [...acting.values()];
}
