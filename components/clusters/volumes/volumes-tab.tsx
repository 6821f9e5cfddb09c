'use client';

import { useQuery } from '@tanstack/react-query';
import { HardDrive, Plus } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useLanguage, useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { FormEnd } from '@/components/shared/form-end';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Empty } from '@/components/ui/empty';
import { describedBy, Field, TextInput } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { useFaults } from '@/components/ui/problem';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status, type Tone } from '@/components/ui/tone';
import type { VolumeView } from '@/lib/api/contract/volumes';
import { clusterPath } from '../queries';
import { servicePage } from '../services/services-tab';
import { workQueries } from '../work-queries';

/** Your volumes on a cluster: how large each is, what mounts it and who made it. */
export function VolumesTab({ cluster }: { cluster: string }) {
  const t = useT();
  const query = useQuery(workQueries.volumes(cluster));
  return (
    <Section id="volumes" title={t('volumes.title')} note={t('volumes.note')} aside={<NewVolume cluster={cluster} />}>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={HardDrive} title={t('volumes.none')}>
              {t('volumes.noneNote')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((volume) => (
                <Volume key={volume.name} cluster={cluster} volume={volume} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

const tones: Record<VolumeView['state'], Tone> = { pending: 'waiting', ready: 'ok', 'in-use': 'ok', error: 'bad', deleting: 'busy' };
const MIB = 1024 * 1024;

function Volume({ cluster, volume }: { cluster: string; volume: VolumeView }) {
  const { t, format } = useLanguage();
  const { name, bytes, state, note, owner, madeBy, goesWithService, mounts } = volume;
  return (
    <li className="flex items-start justify-between gap-3 px-4 py-3 sm:px-5">
      <div className="min-w-0 space-y-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium text-ink [overflow-wrap:anywhere]">{name}</span>
          {bytes !== null && <span className="text-ink-2 tabular-nums">{format.memory(bytes / MIB)}</span>}
          <Status tone={tones[state]}>{t(`volumes.is.${state}`)}</Status>
        </p>
        {note && <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">{note}</p>}
        {mounts.map(({ service, path }) => (
          <p key={service} className="text-xs text-ink-2 [overflow-wrap:anywhere]">
            <Link href={servicePage(cluster, service)} className="text-accent underline-offset-2 hover:underline">
              {t('volumes.mountedBy', { service })}
            </Link>{' '}
            <code className="font-mono">{path}</code>
          </p>
        ))}
        <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">
          {t(madeBy === null ? 'volumes.by' : goesWithService ? 'volumes.byServiceGoes' : 'volumes.byService', {
            owner: owner || '–',
            service: madeBy ?? '',
          })}
        </p>
      </div>
      {mounts.length === 0 && state !== 'deleting' && (
        <ConfirmDelete name={name} path={clusterPath(cluster, 'volumes', name)} keys={['clusters']} typed>
          {t('volumes.deleteNote')}
        </ConfirmDelete>
      )}
    </li>
  );
}

function NewVolume({ cluster }: { cluster: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t('volumes.new')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('volumes.new')}>
        <VolumeForm cluster={cluster} onEnd={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function VolumeForm({ cluster, onEnd }: { cluster: string; onEnd: () => void }) {
  const t = useT();
  const { register, handleSubmit } = useForm({ defaultValues: { name: '', size: '1Gi' } });
  const save = useWrite(['clusters'], onEnd);
  const faults = useFaults(save.error);
  const field = (name: 'name' | 'size') => {
    const wrong = faults.find(({ path }) => path === name)?.message;
    return (
      <Field id={`volume-${name}`} label={t(`volumes.${name}`)} help={t(`volumes.${name}Help`)} error={wrong}>
        <TextInput {...describedBy(`volume-${name}`, true, wrong)} autoComplete="off" spellCheck={false} {...register(name)} />
      </Field>
    );
  };
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={handleSubmit((body) => save.mutate({ method: 'POST', path: clusterPath(cluster, 'volumes'), body }))}
    >
      {field('name')}
      {field('size')}
      <FormEnd error={save.error} busy={save.isPending} action={t('volumes.make')} onCancel={onEnd} />
    </form>
  );
}
