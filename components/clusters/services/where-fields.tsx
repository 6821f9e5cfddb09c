'use client';

import { useQuery } from '@tanstack/react-query';
import type { UseFormRegister } from 'react-hook-form';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import { clusterQueries } from '../queries';
import { workQueries } from '../work-queries';
import type { ServiceDraft } from './service-draft';

interface WhereProps {
  cluster: string;
  register: UseFormRegister<ServiceDraft>;
  wrong: (at: string) => string | undefined;
}

/** The interLink node that a service's jobs go to: one of the cluster's, or one that it does not tell of. */
export function InterLinkField({ cluster, register, wrong }: WhereProps) {
  const t = useT();
  const nodes = useQuery(clusterQueries.status(cluster)).data?.capacity?.nodes.filter(({ interLink }) => interLink) ?? [];
  const fault = wrong('interLinkNode');
  const help = nodes.length > 0 ? t('serviceForm.interLinkNodeHere', { count: nodes.length }) : t('serviceForm.interLinkNodeHelp');
  return (
    <Field id="service-interLinkNode" label={t('serviceForm.interLinkNode')} help={help} error={fault}>
      <TextInput
        {...describedBy('service-interLinkNode', true, fault)}
        autoComplete="off"
        spellCheck={false}
        list="service-interLinkNodes"
        {...register('interLinkNode')}
      />
      <datalist id="service-interLinkNodes">
        {nodes.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Field>
  );
}

interface VolumeProps extends WhereProps {
  /** a service keeps the volume that it was made with */
  existing: boolean;
  /** what is typed as its size */
  size: string;
  /** whether it has one, whatever the cluster says of volumes */
  has: boolean;
}

/** The volume that a service mounts; nothing where the cluster keeps none. */
export function VolumeFields({ cluster, register, wrong, existing, size, has }: VolumeProps) {
  const t = useT();
  const keeps = useQuery(clusterQueries.status(cluster)).data?.volumes === true;
  const there = useQuery({ ...workQueries.volumes(cluster), enabled: keeps }).data?.items ?? [];
  if (!keeps && !has) return null;
  const text = (name: 'name' | 'mountPath' | 'size', placeholder?: string) => {
    const id = `service-volume-${name}`;
    const fault = wrong(`volume.${name}`);
    const help = t(`serviceForm.volume.${name}Help`);
    return (
      <Field id={id} label={t(`serviceForm.volume.${name}`)} help={help} error={fault}>
        <TextInput
          {...describedBy(id, help, fault)}
          autoComplete="off"
          spellCheck={false}
          readOnly={existing}
          placeholder={placeholder}
          list={name === 'name' ? 'service-volumes' : undefined}
          {...register(`volume.${name}`)}
        />
      </Field>
    );
  };
  return (
    <Section id="volume" title={t('serviceForm.volume')} note={t(existing ? 'serviceForm.volumeKept' : 'serviceForm.volumeNote')}>
      <div className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
        {text('name')}
        {text('mountPath', '/data')}
        {text('size')}
        {size !== '' && (
          <Field id="service-volume-lifecycle" label={t('serviceForm.volume.lifecycle')}>
            <Select id="service-volume-lifecycle" {...register('volume.lifecycle')}>
              <option value="">{t('serviceForm.volume.delete')}</option>
              <option value="retain">{t('serviceForm.volume.retain')}</option>
            </Select>
          </Field>
        )}
        <datalist id="service-volumes">
          {there.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
    </Section>
  );
}
