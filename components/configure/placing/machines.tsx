'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Field, Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import type { MatchItem, SiteFactsView } from '@/lib/api/contract/sites';
import type { RecipeGroup } from '@/lib/catalog/types';
import type { Draft } from '../draft';
import { fitsFlavor } from './fitting';
import { ImageChoice } from './image-choice';
import { LeaseChoice } from './lease-choice';
import { isLeftOut } from './left-out';

interface MachinesProps {
  id: string;
  title: string;
  groups: RecipeGroup[];
  match: MatchItem | undefined;
  chosen: Draft['machines'];
  /** how many nodes a group has, and how long all takes until it is ready, by the plan */
  countOf: (group: string) => number | undefined;
  seconds: number | undefined;
  onChange: (group: string, machine: Draft['machines'][string]) => void;
}

/** Flavor and image of each group: already chosen, and open to change among what the site has. */
export function Machines({ id, title, groups, match, chosen, countOf, seconds, onChange }: MachinesProps) {
  const { t } = useLanguage();
  const usable = match?.project ? match : undefined;
  const query = useQuery({ ...queries.facts(usable?.site ?? '', usable?.project?.id), enabled: usable !== undefined });
  if (!usable) return null;
  const asked = groups.filter((group) => !isLeftOut(group, countOf(group.name)));
  const skeleton = asked.map((group) => <Skeleton key={group.name} className="m-5 h-49 sm:h-25" />);
  return (
    <Section id={id} title={title} note={t('placement.machinesNote')}>
      <div className="divide-y divide-line">
        <Loaded query={query} skeleton={skeleton}>
          {(facts) =>
            asked.map((group) => (
              <GroupMachine
                key={group.name}
                group={group}
                facts={facts}
                match={usable}
                machine={chosen[group.name]}
                count={countOf(group.name) ?? group.count}
                seconds={seconds}
                onChange={onChange}
              />
            ))
          }
        </Loaded>
      </div>
    </Section>
  );
}

interface GroupMachineProps {
  group: RecipeGroup;
  facts: SiteFactsView;
  match: MatchItem;
  machine: Draft['machines'][string] | undefined;
  count: number;
  seconds: number | undefined;
  onChange: MachinesProps['onChange'];
}

function GroupMachine({ group, facts, match, machine, count, seconds, onChange }: GroupMachineProps) {
  const { t, format } = useLanguage();
  const leases = useQuery(queries.sites()).data?.items.find(({ id }) => id === match.site)?.features.leases ?? false;
  const onLease = machine?.lease !== undefined || machine?.newLease !== undefined;
  const flavorId = `placement.${group.name}.flavor`;
  const imageId = `placement.${group.name}.image`;
  const flavor = machine?.flavor ?? (onLease ? undefined : match.choices[group.name]?.flavor) ?? '';
  const image = machine?.image ?? (onLease ? undefined : match.choices[group.name]?.image) ?? '';
  const flavors = [...facts.flavors].sort((a, b) => a.vcpus - b.vcpus || a.ramMiB - b.ramMiB);
  const size = (each: SiteFactsView['flavors'][number]) =>
    t('placement.flavor', {
      name: each.name,
      vcpus: each.vcpus,
      ram: format.memory(each.ramMiB),
      disk: each.diskGiB === 0 ? t('placement.noDisk') : `${format.number(each.diskGiB)} GiB`,
    });
  return (
    <div className="grid gap-4 px-4 py-4 sm:grid-cols-2 sm:px-5">
      <p className="text-sm font-medium text-ink sm:col-span-2">{group.label}</p>
      {leases && (
        <LeaseChoice
          group={group}
          site={match.site}
          machine={machine}
          count={count}
          seconds={seconds}
          onChange={(choice) => onChange(group.name, choice)}
        />
      )}
      <Field id={flavorId} label={t('placement.flavorLabel')}>
        <Select id={flavorId} value={flavor} onChange={(event) => onChange(group.name, { flavor: event.target.value })}>
          {!flavors.some((each) => each.id === flavor) && (
            <option value={flavor}>{t(onLease ? 'placement.byLease' : 'input.choose')}</option>
          )}
          <optgroup label={t('placement.enough')}>
            {flavors
              .filter((each) => fitsFlavor(group, each))
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {size(each)}
                </option>
              ))}
          </optgroup>
          <optgroup label={t('placement.tooSmall')}>
            {flavors
              .filter((each) => !fitsFlavor(group, each))
              .map((each) => (
                <option key={each.id} value={each.id} disabled>
                  {size(each)}
                </option>
              ))}
          </optgroup>
        </Select>
      </Field>
      <ImageChoice
        id={imageId}
        group={group}
        facts={facts}
        image={image}
        machine={machine}
        blank={t(onLease ? 'placement.byLease' : 'input.choose')}
        onChange={(choice) => onChange(group.name, choice)}
      />
    </div>
  );
}
