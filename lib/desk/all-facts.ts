import { AppError } from '@/lib/core/errors';
import type { FirstFacts } from '@/lib/sites';
import type { Site, SiteFacts } from '@/lib/sites/types';
import { type KeptSummary, keptSummaries } from './kept-facts';
import { paced } from './paced';
import { isToRefresh, readAmongMany } from './site-facts';
import type { DeskPorts, SiteSummary, Visitor } from './types';

/**
 * Says what is at every site that a person can use, in their first project there: at once what is kept, then what each site tells as soon
 * as it tells it. All are asked at the same time, and none waits for another. It ends when the last has told, or was given up.
 */
export async function tellFacts(services: DeskPorts, person: Visitor, say: (line: SiteSummary) => void): Promise<void> {
  const { desk, sites, store } = services;
  const [all, kept] = await Promise.all([sites.of(person.id), keptSummaries(store.db, person)]);
  const shown = newest(kept);
  for (const line of shown.values()) say({ ...summaryOfKept(line), refreshing: true });
  const asked = await desk.askAll(person, all);
  const turn = paced();
  await Promise.all(
    asked.map(async ({ site, access }) => {
      const { projects, reason } = await access;
      const [project] = projects;
      const old = shown.get(site.id);
      if (!project) return old && say({ ...summaryOfKept(old), problem: reason });
      const before = kept.find((line) => line.site === site.id && line.project === project.id);
      await tellSite(services, person, { site, project }, before, turn, say);
    }),
  );
}

async function tellSite(
  services: DeskPorts,
  person: Visitor,
  { site, project }: { site: Site; project: { id: string; name: string; credential: string } },
  kept: KeptSummary | undefined,
  turn: () => Promise<void>,
  say: (line: SiteSummary) => void,
): Promise<void> {
  const entry = { site, project, credential: project.credential };
  let line: SiteSummary = kept ? summaryOfKept(kept) : { ...nothing, site: site.id, project: project.id };
  if (kept && !isToRefresh(services, person, entry, kept.readAt, kept.gaps)) return say(line);
  const onFirst = (told: Partial<FirstFacts>) => {
    line = { ...line, ...firstOf(told), refreshing: true };
    say(line);
  };
  await turn();
  try {
    say(summaryOf(site.id, project.id, await readAmongMany(services, person, entry, onFirst)));
  } catch (error) {
    say({ ...line, refreshing: false, problem: AppError.from(error).toProblem() });
  }
}

const nothing = {
  quotas: null,
  quotasSince: null,
  flavors: null,
  images: null,
  latencyMs: null,
  asOf: null,
  refreshing: true,
  problem: null,
};

function firstOf({ computeQuotas, flavors, images }: Partial<FirstFacts>): Partial<SiteSummary> {
  return {
    ...(computeQuotas ? { quotas: computeQuotas, quotasSince: null } : {}),
    ...(flavors ? { flavors: flavors.length } : {}),
    ...(images ? { images: images.length } : {}),
  };
}

function summaryOf(site: string, project: string, { quotas, flavors, images, latencyMs, gaps, asOf }: SiteFacts): SiteSummary {
  const counted = { quotas, flavors: flavors.length, images: images.length, latencyMs: latencyMs ?? null };
  return summary({ ...counted, site, project, gaps }, asOf);
}

function summaryOfKept({ readAt, ...kept }: KeptSummary): SiteSummary {
  return summary(kept, readAt.toISOString());
}

// What a site did not tell is null, and not nought.
function summary({ gaps, quotas, flavors, images, ...told }: Omit<KeptSummary, 'readAt'>, asOf: string): SiteSummary {
  const missing = (name: string) => gaps.some(({ part }) => part === name);
  const { cores, ramMiB, instances } = quotas;
  return {
    ...told,
    quotas: cores && ramMiB && instances ? { cores, ramMiB, instances } : null,
    quotasSince: cores?.since ?? null,
    flavors: flavors === 0 && missing('flavors') ? null : flavors,
    images: images === 0 && missing('images') ? null : images,
    asOf,
    refreshing: false,
    problem: null,
  };
}

// Of a person's projects at a site the one that was read last is shown until it is known which comes first.
function newest(kept: readonly KeptSummary[]): Map<string, KeptSummary> {
  const byAge = [...kept].sort((a, b) => a.readAt.getTime() - b.readAt.getTime());
  return new Map(byAge.map((line) => [line.site, line]));
}
