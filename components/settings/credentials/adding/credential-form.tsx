'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { FormEnd } from '@/components/shared/form-end';
import { buttonClass } from '@/components/ui/button';
import { Field, Select, TextInput } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { useFaults } from '@/components/ui/problem';
import { Notice } from '@/components/ui/tone';
import type { PastedView } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';
import { type CredentialDraft, credentialBody, credentialKinds, fieldOf, kindsOf } from './credential-body';
import { OwnSecret } from './own-secret';
import { PastedFile } from './pasted-file';

type TextName = 'name' | 'project' | 'id' | 'secret' | 'username' | 'userDomain' | 'password';

interface CredentialFormProps {
  sites: SiteView[];
  site: string;
  /** it was taken and is kept */
  onKept: () => void;
  onDone: () => void;
}

/** Adds a credential of any kind; it is tried at the site before it is kept. */
export function CredentialForm({ sites, site, onKept, onDone }: CredentialFormProps) {
  const t = useT();
  const form = useForm<CredentialDraft>({
    defaultValues: { site, name: '', kind: 'applicationCredential', project: '', userDomain: 'Default' },
  });
  const [format, setFormat] = useState<PastedView['format']>();
  const save = useWrite(['credentials', 'sites'], onKept);
  const { register, formState } = form;
  const chosen = sites.find((each) => each.id === form.watch('site'));
  const store = useQuery(queries.ownStore());
  // a store that does not answer is offered too: its error says what to do, also while it is asked again
  const hasStore = store.data?.available ?? store.errorUpdateCount > 0;
  const kinds = chosen ? kindsOf(chosen, hasStore) : credentialKinds.filter((each) => hasStore || each !== 'ownStore');
  const watched = form.watch('kind');
  const kind = kinds.includes(watched) ? watched : kinds[0];
  const said = new Map(useFaults(save.error).map(({ path, message }) => [fieldOf(path, kind ?? 'file'), message]));
  const wrong = (name: keyof CredentialDraft) => (formState.errors[name] ? t('check.required') : said.get(name));
  const text = (name: TextName, options: { help?: string; type?: string; required?: boolean; autoComplete?: string } = {}) => {
    const required = options.required ?? true;
    return (
      <Field
        id={`credential-${name}`}
        label={t(`credential.${name}`)}
        help={options.help}
        error={wrong(name)}
        mark={!required && t('input.optional')}
      >
        <TextInput
          id={`credential-${name}`}
          type={options.type ?? 'text'}
          autoComplete={options.autoComplete ?? 'off'}
          spellCheck={false}
          aria-invalid={wrong(name) ? true : undefined}
          aria-describedby={
            [wrong(name) && `credential-${name}-error`, options.help && `credential-${name}-help`].filter(Boolean).join(' ') || undefined
          }
          {...register(name, { required })}
        />
      </Field>
    );
  };
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={form.handleSubmit(
        (draft) => kind && save.mutate({ method: 'POST', path: '/credentials', body: credentialBody({ ...draft, kind }, format) }),
      )}
    >
      {chosen?.deviceProvider && (
        <Notice
          tone="ok"
          title={t('device.better', { provider: chosen.deviceProvider })}
          action={
            <Link href={`/settings/credentials?connect=${encodeURIComponent(chosen.id)}`} className={buttonClass('secondary', 'min-h-8')}>
              {t('device.connect', { provider: chosen.deviceProvider })}
            </Link>
          }
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="credential-site" label={t('credential.site')} error={wrong('site')}>
          <Select id="credential-site" {...register('site', { required: true })}>
            <option value="">{t('input.choose')}</option>
            {sites
              .filter((each) => kindsOf(each, hasStore).length > 0)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
          </Select>
        </Field>
        <Field id="credential-kind" label={t('credential.kind')}>
          <Select id="credential-kind" {...register('kind')} value={kind}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`kindOfCredential.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
        {text('name', { help: t('credential.nameHelp') })}
        {text('project', { required: false, help: t('credential.projectHelp') })}
      </div>
      {kind === 'applicationCredential' && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            {text('id')}
            {text('secret', { type: 'password', autoComplete: 'new-password' })}
          </div>
          {chosen?.applicationCredentialUrl && (
            <p className="text-sm">
              <a
                href={chosen.applicationCredentialUrl}
                target="_blank"
                rel="noreferrer"
                className="font-medium text-accent underline underline-offset-2"
              >
                {t('sites.makeCredential')}
              </a>
            </p>
          )}
        </>
      )}
      {kind === 'password' && (
        <div className="grid gap-4 sm:grid-cols-3">
          {text('username')}
          {text('userDomain')}
          {text('password', { type: 'password', autoComplete: 'new-password' })}
        </div>
      )}
      {kind === 'file' && <PastedFile form={form} sites={sites} wrong={wrong} onRead={setFormat} />}
      {kind === 'ownStore' && <OwnSecret store={store} form={form} wrong={wrong('secretName')} />}
      <FormEnd error={save.error} busy={save.isPending} action={t('credential.save')} onCancel={onDone} />
    </form>
  );
}
