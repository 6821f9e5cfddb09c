'use client';

import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { FormEnd } from '@/components/shared/form-end';
import { describedBy, Field, Select, TextArea, TextInput } from '@/components/ui/field';
import { useFaults } from '@/components/ui/problem';
import type { ClusterView } from '@/lib/api/contract/clusters';
import { type ClusterDraft, clusterBody, clusterDraft, clusterRegions } from './cluster-body';
import { clusterPath } from './queries';

interface ClusterFormProps {
  /** the cluster to change; left out: a new one */
  cluster?: ClusterView;
  onDone: (cluster: ClusterView) => void;
  onCancel: () => void;
}

/** Describes an OSCAR cluster; it is signed in to before it is kept. */
export function ClusterForm({ cluster, onDone, onCancel }: ClusterFormProps) {
  const t = useT();
  const { register, handleSubmit, watch, formState } = useForm<ClusterDraft>({ defaultValues: clusterDraft(cluster) });
  const save = useWrite<ClusterView>(['clusters'], onDone);
  const said = new Map(useFaults(save.error).map(({ path, message }) => [path.split('.')[0], message]));
  const wrong = (name: keyof ClusterDraft) =>
    formState.errors[name] ? t('check.required') : said.get(name === 'user' || name === 'password' ? 'auth' : name);
  const basic = watch('auth') === 'basic';
  // it came with a deployment, which says how it is reached
  const fixed = cluster?.deployment != null;
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={handleSubmit((draft) =>
        save.mutate(
          cluster
            ? { method: 'PATCH', path: clusterPath(cluster.id), body: clusterBody(draft, cluster) }
            : { method: 'POST', path: '/clusters', body: clusterBody(draft) },
        ),
      )}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="cluster-name" label={t('clusterForm.name')} error={wrong('name')}>
          <TextInput
            {...describedBy('cluster-name', undefined, wrong('name'))}
            autoComplete="off"
            {...register('name', { required: true })}
          />
        </Field>
        <Field id="cluster-region" label={t('clusterForm.region')} error={wrong('region')}>
          <Select id="cluster-region" {...register('region')}>
            {clusterRegions.map((each) => (
              <option key={each} value={each}>
                {t(`region.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {!fixed && (
        <>
          <Field id="cluster-endpoint" label={t('clusterForm.endpoint')} help={t('clusterForm.endpointHelp')} error={wrong('endpoint')}>
            <TextInput
              {...describedBy('cluster-endpoint', true, wrong('endpoint'))}
              autoComplete="off"
              spellCheck={false}
              placeholder="https://oscar.example.org"
              {...register('endpoint', { required: true })}
            />
          </Field>
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium text-ink">{t('clusterForm.auth')}</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-1.5">
              {(['basic', 'oidc'] as const).map((kind) => (
                <label key={kind} className="flex min-h-6 items-center gap-2 text-sm text-ink-2">
                  <input type="radio" value={kind} className="size-4 accent-(--accent)" {...register('auth')} />
                  {t(`clusterForm.auth.${kind}`)}
                </label>
              ))}
            </div>
            {!basic && wrong('auth') && (
              <p role="alert" className="mt-1.5 text-xs font-medium text-bad">
                {wrong('auth')}
              </p>
            )}
          </fieldset>
          {basic && (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field id="cluster-user" label={t('clusterForm.user')}>
                <TextInput id="cluster-user" autoComplete="off" spellCheck={false} {...register('user', { required: basic })} />
              </Field>
              <Field
                id="cluster-password"
                label={t('clusterForm.password')}
                help={cluster && t('clusterForm.passwordKept')}
                error={wrong('password')}
              >
                <TextInput
                  {...describedBy('cluster-password', cluster, wrong('password'))}
                  type="password"
                  autoComplete="new-password"
                  {...register('password', { required: basic && !cluster })}
                />
              </Field>
            </div>
          )}
          <Field id="cluster-ca" label={t('clusterForm.ca')} help={t('clusterForm.caHelp')} error={wrong('ca')} mark={t('input.optional')}>
            <TextArea {...describedBy('cluster-ca', true, wrong('ca'))} rows={3} spellCheck={false} {...register('ca')} />
          </Field>
        </>
      )}
      <FormEnd error={save.error} busy={save.isPending} action={t('credential.save')} onCancel={onCancel} />
    </form>
  );
}
