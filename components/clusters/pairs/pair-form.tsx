'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import { describedBy, Field, Select, TextArea, TextInput } from '@/components/ui/field';
import type { ClusterView } from '@/lib/api/contract/clusters';
import type { PairPlanView, PairView } from '@/lib/api/contract/pairs';
import { demoServices } from '../services/service-draft';
import { workQueries } from '../work-queries';
import { firstSides, type PairDraft, pairBody, startOf } from './pair-draft';
import { PairPlan } from './pair-plan';

/** Describes a pair; both sides are looked at, and what will be made is shown, before it is. */
export function PairForm({ clusters }: { clusters: ClusterView[] }) {
  const t = useT();
  const router = useRouter();
  const form = useForm<PairDraft>({
    defaultValues: { ...startOf('', []), ...firstSides(clusters), threshold: '60', token: '', keepToken: false },
  });
  // what the plan was made of: what was changed since must be looked at again
  const [looked, setLooked] = useState<{ plan: PairPlanView; of: string } | null>(null);
  const look = useWrite<PairPlanView>([]);
  const make = useWrite<PairView>(['pairs'], ({ id }) => id && router.push(`/pairs/${id}`));
  const body = pairBody(form.watch());
  const current = looked?.of === JSON.stringify(body) ? looked.plan : null;
  const ask = form.handleSubmit((draft) => {
    const wanted = pairBody(draft);
    make.reset();
    look.mutate(
      { method: 'POST', path: '/pairs?dryRun=true', body: wanted },
      { onSuccess: (plan) => setLooked({ plan, of: JSON.stringify(wanted) }) },
    );
  });
  return (
    <form className="space-y-5" noValidate onSubmit={ask}>
      <Clusters form={form} clusters={clusters} />
      <Service form={form} clusters={clusters} />
      <Refused error={look.error} />
      {looked && !current && <p className="text-sm text-ink-2">{t('pairs.lookAgain')}</p>}
      {current && <PairPlan plan={current} />}
      <Refused error={make.error} />
      <Card className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 p-3">
        {make.isPending && (
          <p role="status" className="text-sm text-ink-2">
            {t('pairs.making')}
          </p>
        )}
        <Button type="submit" look={current?.ready ? 'secondary' : 'primary'} busy={look.isPending}>
          {t('pairs.look')}
        </Button>
        {current?.ready && (
          <Button look="primary" busy={make.isPending} onClick={() => make.mutate({ method: 'POST', path: '/pairs', body })}>
            {t('pairs.make')}
          </Button>
        )}
      </Card>
    </form>
  );
}

interface PartProps {
  form: UseFormReturn<PairDraft>;
  clusters: ClusterView[];
}

function Clusters({ form: { register, watch, getValues, setValue }, clusters }: PartProps) {
  const t = useT();
  const needsToken = clusters.find(({ id }) => id === watch('origin'))?.dialect === '4.1';
  const swap = () => {
    const { origin, worker } = getValues();
    setValue('origin', worker);
    setValue('worker', origin);
  };
  return (
    <Section
      id="choose"
      title={t('pairs.choose')}
      aside={
        <Button onClick={swap}>
          <ArrowLeftRight aria-hidden />
          {t('pairs.swap')}
        </Button>
      }
    >
      <div className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
        {(['origin', 'worker'] as const).map((side) => (
          <Field key={side} id={`pair-${side}`} label={t(`pairs.${side}`)} help={t(`pairs.${side}Help`)}>
            <Select {...describedBy(`pair-${side}`, true, false)} {...register(side)}>
              {clusters.map(({ id, name, region, dialect }) => (
                <option key={id} value={id}>{`${name} · ${t(`region.${region}`)} · OSCAR ${dialect}`}</option>
              ))}
            </Select>
          </Field>
        ))}
        <Field id="pair-threshold" label={t('pairs.threshold')} help={t('pairs.thresholdHelp')}>
          <TextInput {...describedBy('pair-threshold', true, false)} inputMode="numeric" {...register('threshold')} />
        </Field>
        {needsToken && (
          <Field id="pair-token" label={t('pairs.token')} help={`${t('pairs.tokenHelp')} ${t('pairs.tokenFrom')}`}>
            <TextInput {...describedBy('pair-token', true, false)} type="password" autoComplete="off" {...register('token')} />
            <label className="mt-2 flex min-h-6 items-start gap-2 text-sm text-ink">
              <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-(--accent)" {...register('keepToken')} />
              {t('pairToken.keepToo')}
            </label>
          </Field>
        )}
      </div>
    </Section>
  );
}

function Service({ form: { register, watch, getValues, reset }, clusters }: PartProps) {
  const t = useT();
  const origin = watch('origin');
  const inPlace = watch('inPlace');
  const services = useQuery({ ...workQueries.services(origin), enabled: origin !== '' }).data?.items ?? [];
  // what the sandbox runs can only be tried there
  const demos = clusters.some(({ id, inside, deployment }) => id === origin && inside && deployment === null);
  const begin = (from: string) => reset({ ...getValues(), ...startOf(from, services) });
  const text = (name: 'name' | 'image' | 'cpu' | 'memory' | 'input.0.path' | 'output.0.path', label: string, help: string) => (
    <Field id={`pair-${name}`} label={label} help={help}>
      <TextInput
        {...describedBy(`pair-${name}`, true, false)}
        autoComplete="off"
        spellCheck={false}
        readOnly={inPlace}
        {...register(name)}
      />
    </Field>
  );
  return (
    <Section id="service" title={t('pairs.service')}>
      <div className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
        <Field id="pair-begin" label={t('pairs.begin')} help={t('pairs.beginHelp')} className="sm:col-span-2">
          <Select {...describedBy('pair-begin', true, false)} defaultValue="" onChange={({ target }) => begin(target.value)}>
            <option value="">{t('pairs.empty')}</option>
            {demos &&
              demoServices.map((each) => (
                <option key={each} value={`demo:${each}`}>
                  {t(`services.demo.${each}`)}
                </option>
              ))}
            {services.map(({ name }) => (
              <option key={name} value={`copy:${name}`}>
                {t('pairs.copyOf', { name })}
              </option>
            ))}
            {services.map(({ name }) => (
              <option key={`place:${name}`} value={`place:${name}`}>
                {t('pairs.inPlaceOf', { name })}
              </option>
            ))}
          </Select>
        </Field>
        {inPlace && <p className="text-sm text-ink-2 sm:col-span-2">{t('pairs.inPlaceNote')}</p>}
        {text('name', t('serviceForm.name'), t('serviceForm.nameHelp'))}
        {text('image', t('serviceForm.image'), t('serviceForm.imageHelp'))}
        {text('input.0.path', t('serviceForm.input'), t('pairs.inputHelp'))}
        {text('output.0.path', t('serviceForm.output'), t('pairs.inputHelp'))}
        {text('cpu', t('serviceForm.cpu'), t('serviceForm.cpuHelp'))}
        {text('memory', t('serviceForm.memory'), t('serviceForm.memoryHelp'))}
        <Field id="pair-script" label={t('serviceForm.script')} help={t('serviceForm.scriptHelp')} className="sm:col-span-2">
          <TextArea {...describedBy('pair-script', true, false)} rows={6} spellCheck={false} readOnly={inPlace} {...register('script')} />
        </Field>
      </div>
    </Section>
  );
}
