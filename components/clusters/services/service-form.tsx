'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { type Control, useFieldArray, useForm } from 'react-hook-form';
import { write } from '@/components/api/client';
import { useWrite } from '@/components/api/use-write';
import { useLanguage, useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import { describedBy, Field, Select, TextArea, TextInput } from '@/components/ui/field';
import { useFaults } from '@/components/ui/problem';
import type { ServicePlanView, ServiceView } from '@/lib/api/contract/services';
import { clusterPath, clusterQueries } from '../queries';
import { ChangeDialog } from './change-dialog';
import { bodyOf, emptyPath, type ServiceDraft } from './service-draft';
import { InterLinkField, VolumeFields } from './where-fields';

interface ServiceFormProps {
  cluster: string;
  start: ServiceDraft;
  /** one that is there is changed */
  existing: boolean;
  onDone: (service: ServiceView) => void;
  onCancel: () => void;
}

type Fault = ServicePlanView['faults'][number];

/** Describes a service. What would change, and what the cluster would refuse, is shown before anything is made. */
export function ServiceForm({ cluster, start, existing, onDone, onCancel }: ServiceFormProps) {
  const { t, said } = useLanguage();
  const { register, handleSubmit, control, watch, getValues } = useForm<ServiceDraft>({ defaultValues: start });
  const known = useQuery(clusterQueries.one(cluster)).data;
  const byPassword = known?.auth.kind === 'basic';
  const [plan, setPlan] = useState<ServicePlanView | null>(null);
  const [looking, setLooking] = useState(false);
  const [refused, setRefused] = useState<Error | null>(null);
  const path = clusterPath(cluster, 'services');
  const save = useWrite<ServiceView>(['clusters'], onDone);
  const look = async (draft: ServiceDraft) => {
    setLooking(true);
    setRefused(null);
    try {
      setPlan(await write<ServicePlanView>('POST', `${path}?dryRun=true`, { body: bodyOf(draft) }));
    } catch (error) {
      setRefused(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setLooking(false);
    }
  };
  const refusedAt = useFaults(refused);
  const faults: readonly Fault[] = plan?.faults.map((fault) => ({ ...fault, message: said(fault.message) })) ?? refusedAt;
  const wrong = (at: string) =>
    faults.filter(({ path: where }) => where === at || where.startsWith(`${at}.`)).map(({ message }) => message)[0];
  const text = (name: 'name' | 'image' | 'cpu' | 'memory' | 'vo' | 'allowedUsers', help?: string, disabled = false) => (
    <Field id={`service-${name}`} label={t(`serviceForm.${name}`)} help={help} error={wrong(name)}>
      <TextInput
        {...describedBy(`service-${name}`, help, wrong(name))}
        autoComplete="off"
        spellCheck={false}
        readOnly={disabled}
        {...register(name)}
      />
    </Field>
  );
  return (
    <form className="space-y-5" noValidate onSubmit={handleSubmit(look)}>
      <Section id="what" title={t('serviceForm.what')}>
        <div className="space-y-4 p-4 sm:p-5">
          <div className="grid gap-4 sm:grid-cols-2">
            {text('name', t('serviceForm.nameHelp'), existing)}
            {text('image', t('serviceForm.imageHelp'))}
          </div>
          <Field id="service-script" label={t('serviceForm.script')} help={t('serviceForm.scriptHelp')} error={wrong('script')}>
            <TextArea {...describedBy('service-script', true, wrong('script'))} rows={8} spellCheck={false} {...register('script')} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-3">
            {text('cpu', t('serviceForm.cpuHelp'))}
            {text('memory', t('serviceForm.memoryHelp'))}
            <label className="flex min-h-9 items-center gap-2 self-start text-sm text-ink sm:mt-6.5">
              <input type="checkbox" className="size-4 accent-(--accent)" {...register('gpu')} />
              {t('serviceForm.gpu')}
            </label>
          </div>
        </div>
      </Section>
      <div className="grid gap-5 lg:grid-cols-2">
        <Paths what="input" control={control} register={register} wrong={wrong} />
        <Paths what="output" control={control} register={register} wrong={wrong} />
        <Pairs what="variables" control={control} register={register} wrong={wrong} />
        <Pairs what="secrets" control={control} register={register} wrong={wrong} />
      </div>
      <Section id="who" title={t('serviceForm.who')}>
        <div className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
          <Field
            id="service-visibility"
            label={t('serviceForm.visibility')}
            help={byPassword ? t('serviceForm.visibilityHelp') : undefined}
          >
            <Select {...describedBy('service-visibility', byPassword, undefined)} {...register('visibility')}>
              {(['private', 'restricted', 'public'] as const).map((each) => (
                <option key={each} value={each}>
                  {t(`visibility.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
          {watch('visibility') === 'restricted' && text('allowedUsers', t('serviceForm.allowedUsersHelp'))}
          {text('vo', t('serviceForm.voHelp'))}
          <InterLinkField cluster={cluster} register={register} wrong={wrong} />
        </div>
      </Section>
      <VolumeFields
        cluster={cluster}
        register={register}
        wrong={wrong}
        existing={existing}
        size={watch('volume.size')}
        has={start.volume.mountPath !== ''}
      />
      <Refused error={refused} />
      {faults.length > 0 && !refused && <Faults faults={faults} />}
      <Card className="flex flex-wrap justify-end gap-2 p-3">
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button look="primary" type="submit" busy={looking}>
          {t(existing ? 'serviceForm.lookChange' : 'serviceForm.look')}
        </Button>
      </Card>
      <ChangeDialog
        deaf={known?.traits.forgetsChanges ?? false}
        plan={plan && plan.faults.length === 0 ? plan : null}
        name={getValues('name')}
        busy={save.isPending}
        error={save.error}
        onClose={() => {
          setPlan(null);
          save.reset();
        }}
        onApply={() =>
          save.mutate({ method: 'POST', path: plan?.change === 'create' ? path : `${path}?replace=true`, body: bodyOf(getValues()) })
        }
      />
    </form>
  );
}

function Faults({ faults }: { faults: readonly Fault[] }) {
  const t = useT();
  return (
    <div role="alert" className="rounded-card border border-bad/30 bg-bad-soft p-4 text-sm">
      <p className="font-medium text-ink">{t('serviceForm.faults')}</p>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-ink-2">
        {faults.map(({ path, message }) => (
          <li key={path + message}>
            <code className="font-mono text-xs text-ink">{path}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RowsProps {
  control: Control<ServiceDraft>;
  register: ReturnType<typeof useForm<ServiceDraft>>['register'];
  wrong: (at: string) => string | undefined;
}

function Paths({ what, control, register, wrong }: RowsProps & { what: 'input' | 'output' }) {
  const t = useT();
  const rows = useFieldArray({ control, name: what });
  return (
    <Section id={what} title={t(`serviceForm.${what}`)} note={t(`serviceForm.${what}Help`)}>
      <ul className="space-y-3 p-4 sm:p-5">
        {rows.fields.map((row, index) => (
          <li key={row.id}>
            <div className="flex items-center gap-2">
              <TextInput
                aria-label={t('serviceForm.path', { what: t(`serviceForm.${what}`), number: index + 1 })}
                aria-invalid={wrong(`${what}.${index}`) ? true : undefined}
                placeholder={what === 'input' ? 'bucket/in' : 'bucket/out'}
                spellCheck={false}
                {...register(`${what}.${index}.path`)}
              />
              <TextInput
                aria-label={t('serviceForm.suffix', { number: index + 1 })}
                placeholder=".png, .jpg"
                className="max-w-28"
                spellCheck={false}
                {...register(`${what}.${index}.suffix`)}
              />
              <Remove onClick={() => rows.remove(index)} />
            </div>
            {wrong(`${what}.${index}`) && <p className="mt-1.5 text-xs font-medium text-bad">{wrong(`${what}.${index}`)}</p>}
          </li>
        ))}
        <li>
          <Button look="ghost" onClick={() => rows.append(emptyPath)}>
            <Plus aria-hidden />
            {t('serviceForm.more')}
          </Button>
        </li>
      </ul>
    </Section>
  );
}

function Pairs({ what, control, register, wrong }: RowsProps & { what: 'variables' | 'secrets' }) {
  const t = useT();
  const rows = useFieldArray({ control, name: what });
  return (
    <Section id={what} title={t(`serviceForm.${what}`)} note={t(`serviceForm.${what}Help`)}>
      <ul className="space-y-3 p-4 sm:p-5">
        {rows.fields.map((row, index) => (
          <li key={row.id} className="flex items-center gap-2">
            <TextInput
              aria-label={t('serviceForm.pairName', { number: index + 1 })}
              placeholder="NAME"
              className="max-w-40 font-mono text-xs"
              spellCheck={false}
              {...register(`${what}.${index}.name`)}
            />
            <TextInput
              aria-label={t('serviceForm.pairValue', { number: index + 1 })}
              type={what === 'secrets' ? 'password' : 'text'}
              autoComplete="off"
              className="font-mono text-xs"
              spellCheck={false}
              {...register(`${what}.${index}.value`)}
            />
            <Remove onClick={() => rows.remove(index)} />
          </li>
        ))}
        {wrong(what) && <li className="text-xs font-medium text-bad">{wrong(what)}</li>}
        <li>
          <Button look="ghost" onClick={() => rows.append({ name: '', value: '' })}>
            <Plus aria-hidden />
            {t('serviceForm.more')}
          </Button>
        </li>
      </ul>
    </Section>
  );
}

function Remove({ onClick }: { onClick: () => void }) {
  const t = useT();
  return (
    <button type="button" onClick={onClick} className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-2 hover:bg-hover">
      <X aria-hidden className="size-4" />
      <span className="sr-only">{t('serviceForm.removeRow')}</span>
    </button>
  );
}
