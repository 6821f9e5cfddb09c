'use client';

import { MapPinOff } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { Notice } from '@/components/ui/tone';
import type { PlanView } from '@/lib/api/contract/deployments';
import type { MatchItem } from '@/lib/api/contract/sites';
import type { Draft } from '../draft';
import type { EditDraft } from '../use-draft';
import type { SetMatches } from '../use-plan';
import { Machines } from './machines';
import { SiteChoices } from './site-choices';
import { Ways } from './ways';

interface PlacementStepProps {
  sets: SetMatches;
  /** what is chosen for each, by itself or by the person */
  matches: ReadonlyMap<string, MatchItem>;
  draft: Draft;
  edit: EditDraft;
  /** the plan as it stands */
  view: PlanView | undefined;
}

/** Where it goes: sites ranked for this very request, then machine and image of each group. */
export function PlacementStep({ sets, matches, draft, edit, view }: PlacementStepProps) {
  const t = useT();
  return (
    <div className="space-y-5">
      {sets.length > 1 && <SeveralSites sets={sets} matches={matches} />}
      {sets.map(({ set, label, groups, query }) => (
        <div key={set} className="space-y-5">
          <Section
            id={`placement-${set}`}
            title={sets.length > 1 ? t('placement.siteFor', { part: label }) : t('placement.site')}
            note={t('placement.siteNote')}
            aside={<SitesAsked items={query?.data?.items ?? []} />}
          >
            <div className="p-3 sm:p-4">
              {query && (
                <Loaded query={query} skeleton={<ChoicesSkeleton />}>
                  {(ranking) =>
                    ranking.items.length === 0 ? (
                      <Empty
                        icon={MapPinOff}
                        title={t('placement.none')}
                        action={
                          <Link href="/sites" className={buttonClass('primary')}>
                            {t('placement.toSites')}
                          </Link>
                        }
                      >
                        {t('placement.noneNote')}
                      </Empty>
                    ) : (
                      <SiteChoices
                        name={set}
                        ranking={ranking}
                        chosen={matches.get(set)}
                        onChange={(item) =>
                          edit((now) => ({
                            ...now,
                            sites: {
                              ...now.sites,
                              ...placeOf(set, item),
                            },
                            // another site has other flavors and images
                            ways: Object.fromEntries(Object.entries(now.ways).filter(([name]) => name !== set)),
                            machines: Object.fromEntries(
                              Object.entries(now.machines).filter(([name]) => !groups.some((group) => group.name === name)),
                            ),
                          }))
                        }
                      />
                    )
                  }
                </Loaded>
              )}
            </div>
          </Section>
          <Machines
            id={`machines-${set}`}
            title={sets.length > 1 ? t('placement.machinesFor', { part: label }) : t('placement.machines')}
            groups={groups}
            match={matches.get(set)}
            chosen={draft.machines}
            countOf={(group) => view?.nodes.filter((node) => node.group === group).length}
            seconds={view?.totals.seconds}
            onChange={(group, machine) =>
              edit((now) => ({
                ...now,
                // a machine is chosen among those of this site, which it must not leave when the ranking changes
                sites: { ...now.sites, ...placeOf(set, matches.get(set)) },
                machines: { ...now.machines, [group]: { ...now.machines[group], ...machine } },
              }))
            }
          />
          <Ways
            set={set}
            match={matches.get(set)}
            chosen={draft.ways[set] ?? {}}
            onChange={(choice) =>
              edit((now) => ({
                ...now,
                sites: { ...now.sites, ...placeOf(set, matches.get(set)) },
                ways: { ...now.ways, [set]: { ...now.ways[set], ...choice } },
              }))
            }
          />
        </div>
      ))}
    </div>
  );
}

const placeOf = (set: string, item: MatchItem | undefined): Draft['sites'] =>
  item ? { [set]: { site: item.site, project: item.project?.id ?? null, credential: item.credential } } : {};

/** What there are parts for, and whether they may share a site; says so when they do. */
function SeveralSites({ sets, matches }: { sets: SetMatches; matches: ReadonlyMap<string, MatchItem> }) {
  const t = useT();
  const parts = sets.map(({ label }) => label).join(', ');
  const sites = sets.flatMap(({ set }) => matches.get(set)?.site ?? []);
  const shared = new Set(sites).size < sites.length;
  return (
    <Notice tone={shared ? 'warn' : 'ok'} title={t('placement.parts', { parts })}>
      {t(sets.some(({ apart }) => apart) ? 'placement.partsApart' : shared ? 'placement.partsShared' : 'placement.partsNote')}
    </Notice>
  );
}

/** How many sites have not told yet: in the head of the section, so that no choice moves when the last has. */
function SitesAsked({ items }: { items: readonly MatchItem[] }) {
  const t = useT();
  const asked = items.filter(({ pending }) => pending).length;
  return (
    <span role="status" className="text-xs text-ink-3">
      {asked > 0 && t('plan.sitesAsked', { count: asked })}
    </span>
  );
}

// as tall as the window: what stands below the sites is out of sight until they are there
const ChoicesSkeleton = () => <Skeleton className="h-dvh rounded-lg" />;
