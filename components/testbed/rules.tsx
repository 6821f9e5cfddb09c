'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { ClusterView } from '@/lib/api/contract/clusters';
import type { LocalityRuleView } from '@/lib/api/contract/locality';
import { testbedQueries } from './queries';

const kinds = ['stay:eu', 'stay:us', 'prefer-near', 'free'] as const;
type Kind = (typeof kinds)[number];

/** Where data may go: one's rules, each for a bucket or a folder of one. */
export function Rules({ clusters }: { clusters: ClusterView[] }) {
  const t = useT();
  const query = useQuery(testbedQueries.rules());
  return (
    <Section id="rules" title={t('locality.title')} note={t('locality.note')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={2} className="p-5" />}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map((rule) => (
              <Rule key={rule.id} rule={rule} clusters={clusters} />
            ))}
          </ul>
        )}
      </Loaded>
      <NewRule clusters={clusters} />
    </Section>
  );
}

function Rule({ rule: { id, cluster, bucket, prefix, kind, region, by }, clusters }: { rule: LocalityRuleView; clusters: ClusterView[] }) {
  const t = useT();
  const place = [bucket === '*' ? t('locality.anyBucket') : bucket, prefix].filter(Boolean).join('/');
  const where = clusters.find((each) => each.id === cluster)?.name ?? t('locality.anyCluster');
  const said = t(`locality.kind.${kind === 'stay' ? (region === 'us' ? 'stay:us' : 'stay:eu') : kind}`);
  const rule = t('locality.named', { place, where, rule: said });
  return (
    <li className="px-4 py-3 text-sm sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 text-ink [overflow-wrap:anywhere]">
          <span className="font-mono text-xs">{place}</span> <span className="text-ink-2">({where})</span>: {said}
        </p>
        {by === 'operator' ? (
          <Tag>{t('locality.byOperator')}</Tag>
        ) : (
          <ConfirmDelete name={rule} path={`/locality/${encodeURIComponent(id)}`} keys={['testbed']}>
            <p>{t('locality.deleteNote')}</p>
          </ConfirmDelete>
        )}
      </div>
    </li>
  );
}

function NewRule({ clusters }: { clusters: ClusterView[] }) {
  const t = useT();
  const [cluster, setCluster] = useState('');
  const [place, setPlace] = useState('');
  const [kind, setKind] = useState<Kind>('stay:eu');
  const add = useWrite(['testbed'], () => setPlace(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [bucket = '', ...folders] = place.trim().replace(/^\/+/, '').split('/');
    const [what, region = null] = kind.split(':');
    const body = { cluster: cluster === '' ? null : cluster, bucket, prefix: folders.join('/'), kind: what, region };
    add.mutate({ method: 'POST', path: '/locality', body });
  };
  return (
    <form onSubmit={submit} className="space-y-3 border-t border-line p-4 sm:p-5" noValidate>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field id="rule-place" label={t('locality.place')} help={t('locality.placeHelp')}>
          <TextInput
            {...describedBy('rule-place', true, false)}
            autoComplete="off"
            spellCheck={false}
            value={place}
            onChange={({ target }) => setPlace(target.value)}
          />
        </Field>
        <Field id="rule-cluster" label={t('locality.cluster')}>
          <Select id="rule-cluster" value={cluster} onChange={({ target }) => setCluster(target.value)}>
            <option value="">{t('locality.anyCluster')}</option>
            {clusters.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field id="rule-kind" label={t('locality.rule')}>
          <Select id="rule-kind" value={kind} onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? 'stay:eu')}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`locality.kind.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Refused error={add.error} />
      <Button type="submit" busy={add.isPending}>
        <Plus aria-hidden />
        {t('locality.add')}
      </Button>
    </form>
  );
}
