'use client';

import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { FormEnd } from '@/components/shared/form-end';
import { describedBy, Field, TextArea, TextInput } from '@/components/ui/field';
import { useFaults } from '@/components/ui/problem';
import type { SiteView } from '@/lib/api/contract/sites';
import { type SiteDraft, siteBody, siteDraft, siteMethods } from './site-body';

interface SiteFormProps {
  /** the site to change; left out: a new one */
  site?: SiteView;
  onDone: (site: SiteView) => void;
  onCancel: () => void;
}

type Text = Exclude<keyof SiteDraft, 'methods'>;

/** Describes a site of one's own; its address is tried before it is kept. */
export function SiteForm({ site, onDone, onCancel }: SiteFormProps) {
  const t = useT();
  const { register, handleSubmit, watch, formState } = useForm<SiteDraft>({ defaultValues: siteDraft(site) });
  const save = useWrite<SiteView>(['sites', 'credentials', 'match'], onDone);
  const said = new Map(useFaults(save.error).map(({ path, message }) => [path.split('.')[0], message]));
  const wrong = (name: keyof SiteDraft) => (formState.errors[name] ? t('check.required') : said.get(name));
  const about = (name: Text, required: boolean, help?: string) => ({
    field: { id: `site-${name}`, label: t(`siteForm.${name}`), help, error: wrong(name), mark: !required && t('input.optional') },
    control: { ...describedBy(`site-${name}`, help, wrong(name)), autoComplete: 'off', spellCheck: false, ...register(name, { required }) },
  });
  const text = (name: Text, { help, required = false }: { help?: string; required?: boolean } = {}) => {
    const { field, control } = about(name, required, help);
    return (
      <Field {...field}>
        <TextInput {...control} />
      </Field>
    );
  };
  const ca = about('ca', false, t('siteForm.caHelp'));
  const signsIn = watch('methods').includes('oidc');
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={handleSubmit((draft) =>
        save.mutate(
          site
            ? { method: 'PATCH', path: `/sites/${encodeURIComponent(site.id)}`, body: siteBody(draft, null) }
            : { method: 'POST', path: '/sites', body: siteBody(draft, undefined) },
        ),
      )}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {text('name', { required: true })}
        {text('region', { help: t('siteForm.regionHelp') })}
      </div>
      {text('authUrl', { required: true, help: t('siteForm.authUrlHelp') })}
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('siteForm.methods')}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1.5">
          {siteMethods.map((method) => (
            <label key={method} className="flex min-h-6 items-center gap-2 text-sm text-ink-2">
              <input type="checkbox" value={method} className="size-4 accent-(--accent)" {...register('methods', { required: true })} />
              {t(`method.${method}`)}
            </label>
          ))}
        </div>
        {wrong('methods') && (
          <p role="alert" className="mt-1.5 text-xs font-medium text-bad">
            {wrong('methods')}
          </p>
        )}
      </fieldset>
      {signsIn && (
        <div className="grid gap-4 sm:grid-cols-2">
          {text('identityProvider', { help: t('siteForm.identityProviderHelp') })}
          {text('protocol', { help: t('siteForm.protocolHelp') })}
        </div>
      )}
      <Field {...ca.field}>
        <TextArea rows={3} {...ca.control} />
      </Field>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('siteForm.place')}</legend>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {text('city')}
          {text('country')}
          {text('lat')}
          {text('lon')}
        </div>
      </fieldset>
      <FormEnd error={save.error} busy={save.isPending} action={t('credential.save')} onCancel={onCancel} />
    </form>
  );
}
