'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { describedBy, Field, TextInput } from '@/components/ui/field';
import { useFaults } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Notice } from '@/components/ui/tone';
import type { List } from '@/lib/api/contract/common';
import type { QuotaView } from '@/lib/api/contract/operation';
import { clusterPath } from '../queries';
import { operationQueries } from './queries';
import { QuotaList } from './quota-list';

/** Looks up what somebody may use of a cluster by how it calls them, and changes it. */
export function PeopleQuotas({ cluster }: { cluster: string }) {
  const t = useT();
  const [person, setPerson] = useState('');
  const { register, handleSubmit } = useForm({ defaultValues: { person: '' } });
  const query = useQuery({ ...operationQueries.quotas(cluster, person), enabled: person !== '' });
  const wrong = useFaults(query.error).find(({ path }) => path === 'person')?.message;
  return (
    <Section id="people" title={t('people.title')} note={t('people.note')}>
      <div className="space-y-4 p-4 sm:p-5">
        <form className="space-y-3" noValidate onSubmit={handleSubmit((given) => setPerson(given.person.trim()))}>
          <Field id="person" label={t('people.person')} help={t('people.personHelp')} error={wrong}>
            <TextInput {...describedBy('person', true, wrong)} autoComplete="off" spellCheck={false} {...register('person')} />
          </Field>
          <Button type="submit" busy={query.isFetching}>
            {t('people.look')}
          </Button>
        </form>
        {!wrong && <Refused error={query.error} />}
        {query.isLoading && <SkeletonLines lines={3} />}
        {query.data && !query.error && <Found key={person} cluster={cluster} person={person} quotas={query.data.items} />}
      </div>
    </Section>
  );
}

const changeable = ['cpu', 'memory', 'volumes', 'disk', 'buckets'] as const;

function Found({ cluster, person, quotas }: { cluster: string; person: string; quotas: QuotaView[] }) {
  const t = useT();
  const client = useQueryClient();
  const { register, handleSubmit, reset } = useForm<Record<string, string>>({ defaultValues: {} });
  const path = clusterPath(cluster, 'people', person, 'quotas');
  const save = useWrite<List<QuotaView>>([], (now) => {
    client.setQueryData(operationQueries.quotas(cluster, person).queryKey, now);
    reset();
  });
  const faults = useFaults(save.error);
  const fields = changeable.filter((what) => quotas.some((one) => one.what === what));
  const send = (given: Record<string, string>) => {
    const body = Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])));
    save.mutate({ method: 'PATCH', path, body });
  };
  if (quotas.length === 0) return <p className="text-sm text-ink-2">{t('people.none')}</p>;
  return (
    <div className="space-y-4 border-t border-line pt-4 text-sm text-ink">
      <QuotaList quotas={quotas} />
      <form className="space-y-4" noValidate onSubmit={handleSubmit(send)}>
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map((what) => {
            const wrong = faults.find((fault) => fault.path === what)?.message;
            const help = t(`people.help.${what}`);
            return (
              <Field key={what} id={`quota-${what}`} label={t(`clusters.quota.${what}`)} help={help} error={wrong}>
                <TextInput {...describedBy(`quota-${what}`, help, wrong)} autoComplete="off" spellCheck={false} {...register(what)} />
              </Field>
            );
          })}
        </div>
        <Refused error={save.error} />
        {save.isSuccess && <Notice tone="ok">{t('people.changed')}</Notice>}
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('people.change')}
        </Button>
      </form>
    </div>
  );
}
