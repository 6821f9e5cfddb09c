'use client';

import { useQuery } from '@tanstack/react-query';
import { Database, Folder, Plus } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { FormEnd } from '@/components/shared/form-end';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Dialog } from '@/components/ui/dialog';
import { Empty } from '@/components/ui/empty';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { useFaults } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import { clusterPath } from '../queries';
import { servicePage, visibilityKey } from '../services/services-tab';
import { workQueries } from '../work-queries';

interface BucketsTabProps {
  cluster: string;
  /** the cluster does what is asked for of who may see a bucket */
  shares: boolean;
}

/** The buckets of a cluster: with which service each came, and who may see it. */
export function BucketsTab({ cluster, shares }: BucketsTabProps) {
  const t = useT();
  const query = useQuery(workQueries.buckets(cluster));
  return (
    <Section id="buckets" title={t('buckets.title')} note={t('buckets.note')} aside={<NewBucket cluster={cluster} shares={shares} />}>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Database} title={t('buckets.none')}>
              {t('buckets.noneNote')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((bucket) => (
                <li key={bucket.name} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
                  <Link
                    href={`/clusters/${cluster}/buckets/${bucket.name}`}
                    className="inline-flex min-h-8 min-w-0 items-center gap-2 font-medium text-ink underline-offset-4 hover:underline"
                  >
                    <Folder aria-hidden className="size-4 shrink-0 text-accent" />
                    <span className="[overflow-wrap:anywhere]">{bucket.name}</span>
                  </Link>
                  <span className="flex flex-wrap items-center gap-1.5 text-xs text-ink-2">
                    {bucket.service && (
                      <Link href={servicePage(cluster, bucket.service)} className="text-accent underline-offset-2 hover:underline">
                        {t('buckets.of', { service: bucket.service })}
                      </Link>
                    )}
                    {bucket.visibility && <Tag>{t(visibilityKey(bucket.visibility))}</Tag>}
                    {!bucket.service && (
                      <ConfirmDelete name={bucket.name} path={clusterPath(cluster, 'buckets', bucket.name)} keys={['clusters']}>
                        {t('buckets.deleteNote')}
                      </ConfirmDelete>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

function NewBucket({ cluster, shares }: BucketsTabProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t('buckets.new')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('buckets.new')}>
        <BucketForm cluster={cluster} shares={shares} onEnd={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function BucketForm({ cluster, shares, onEnd }: BucketsTabProps & { onEnd: () => void }) {
  const t = useT();
  const { register, handleSubmit } = useForm({ defaultValues: { name: '', visibility: 'private' } });
  const save = useWrite(['clusters'], onEnd);
  const wrong = useFaults(save.error).find(({ path }) => path === 'name')?.message;
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={handleSubmit((body) => save.mutate({ method: 'POST', path: clusterPath(cluster, 'buckets'), body }))}
    >
      <Field id="bucket-name" label={t('serviceForm.name')} help={t('buckets.nameHelp')} error={wrong}>
        <TextInput {...describedBy('bucket-name', true, wrong)} autoComplete="off" spellCheck={false} {...register('name')} />
      </Field>
      <Field id="bucket-visibility" label={t('serviceForm.visibility')} help={shares ? undefined : t('buckets.ownerOnly')}>
        <Select {...describedBy('bucket-visibility', !shares, undefined)} disabled={!shares} {...(shares ? register('visibility') : {})}>
          <option value="private">{t('visibility.private')}</option>
          <option value="public">{t('visibility.public')}</option>
        </Select>
      </Field>
      <FormEnd error={save.error} busy={save.isPending} action={t('buckets.make')} onCancel={onEnd} />
    </form>
  );
}
