'use client';

import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { FormEnd } from '@/components/shared/form-end';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import { useFaults } from '@/components/ui/problem';
import type { Credential } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';

interface Draft {
  name: string;
  days: number;
  project: string;
  takeOver: boolean;
}
const usualDays = 30;

/** Has an application credential made at a site by one's own sign-in, after saying what it can do and what it cannot. */
export function MakeCredential({ by, site, onDone }: { by: Credential; site: SiteView; onDone: () => void }) {
  const t = useT();
  const most = site.applicationCredentialMaxDays;
  const projects = site.projects.filter(({ credential }) => credential === by.id);
  const form = useForm<Draft>({
    defaultValues: { name: '', days: Math.min(usualDays, most), project: projects[0]?.id ?? '', takeOver: by.deployments > 0 },
  });
  const make = useWrite(['credentials', 'sites', 'deployments'], onDone);
  const said = new Map(useFaults(make.error).map(({ path, message }) => [path, message]));
  const { errors } = form.formState;
  const nameWrong = errors.name ? t('check.required') : said.get('name');
  const daysWrong = errors.days ? t('make.daysWrong', { count: most }) : said.get('days');
  const send = ({ name, days, project, takeOver }: Draft) =>
    make.mutate({
      method: 'POST',
      path: '/credentials/make',
      body: { site: site.id, with: by.id, name, days, takeOver, ...(project ? { project } : {}) },
    });
  return (
    <form className="space-y-4" noValidate onSubmit={form.handleSubmit(send)}>
      <ul className="list-disc space-y-1.5 pl-5 text-sm text-ink-2">
        <li>{t('make.can')}</li>
        <li>{t('make.lives')}</li>
        <li>{t(site.features.leases ? 'make.cannotLeases' : 'make.cannot')}</li>
        <li>{t('make.revoke', { site: site.name })}</li>
      </ul>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="make-name" label={t('credential.name')} help={t('credential.nameHelp')} error={nameWrong}>
          <TextInput {...describedBy('make-name', true, nameWrong)} autoComplete="off" {...form.register('name', { required: true })} />
        </Field>
        <Field id="make-days" label={t('make.days')} help={t('make.daysHelp', { count: most })} error={daysWrong}>
          <TextInput
            {...describedBy('make-days', true, daysWrong)}
            type="number"
            min={1}
            max={most}
            {...form.register('days', { valueAsNumber: true, required: true, min: 1, max: most })}
          />
        </Field>
        {projects.length > 1 && (
          <Field id="make-project" label={t('credential.project')} error={said.get('project')}>
            <Select id="make-project" {...form.register('project')}>
              {projects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      {by.deployments > 0 && (
        <label className="flex items-start gap-2.5 text-sm text-ink">
          <input type="checkbox" className="mt-1 size-4 accent-(--accent)" {...form.register('takeOver')} />
          <span>
            {t('make.takeOver')}
            <span className="block text-xs text-ink-3">{by.usedBy.map(({ name }) => name).join(', ')}</span>
          </span>
        </label>
      )}
      <FormEnd error={make.error} busy={make.isPending} action={t('make.action')} onCancel={onDone} />
    </form>
  );
}
