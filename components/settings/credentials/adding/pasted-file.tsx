'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { write } from '@/components/api/client';
import { useLanguage } from '@/components/messages/provider';
import { sayRemark } from '@/components/messages/remark';
import type { Translate } from '@/components/messages/types';
import { Refused } from '@/components/shared/refused';
import { buttonClass } from '@/components/ui/button';
import { describedBy, Field, Select, TextArea, TextInput } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { useDebounced } from '@/components/ui/state/use-debounced';
import { Notice } from '@/components/ui/tone';
import type { PastedView } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';
import { type CredentialDraft, choiceOf } from './credential-body';
import { NotUsed } from './not-used';

interface PastedFileProps {
  form: UseFormReturn<CredentialDraft>;
  sites: SiteView[];
  /** what is wrong with a field */
  wrong: (name: keyof CredentialDraft) => string | undefined;
  onRead: (format: PastedView['format'] | undefined) => void;
}

/** One box for whatever file one has: it says which it is, which clouds are in it, and asks for what it lacks. */
export function PastedFile({ form, sites, wrong, onRead }: PastedFileProps) {
  const { t, said } = useLanguage();
  const { register, setValue } = form;
  const [text = '', secureYaml = '', cloud = ''] = form.watch(['text', 'secureYaml', 'cloud']);
  const wanted = useDebounced(JSON.stringify({ text, ...(secureYaml ? { secureYaml } : {}) }), 400);
  const read = useQuery({
    queryKey: ['pasted', wanted],
    queryFn: () => write<PastedView>('POST', '/credentials/read', { body: JSON.parse(wanted) }),
    enabled: text.trim() !== '',
    retry: false,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  const found = text.trim() === '' || read.isError ? undefined : read.data;
  const entry = found?.clouds.find((each) => choiceOf(each) === cloud) ?? (found?.clouds.length === 1 ? found.clouds[0] : undefined);
  const format = found?.format;
  const site = entry?.site;
  useEffect(() => onRead(format), [format, onRead]);
  useEffect(() => {
    if (site) setValue('site', site);
  }, [site, setValue]);
  const siteName = sites.find(({ id }) => id === site)?.name;
  return (
    <div className="space-y-4">
      <Field id="credential-text" label={t('credential.text')} help={t('credential.textHelp')} error={wrong('text')}>
        <TextArea
          {...describedBy('credential-text', true, wrong('text'))}
          rows={9}
          spellCheck={false}
          autoComplete="off"
          {...register('text', { required: true })}
        />
      </Field>
      <div aria-live="polite" className="space-y-3">
        {found && (
          <Notice
            tone={entry && !site ? 'warn' : 'ok'}
            title={titleOf(t, found)}
            action={
              entry?.authUrl &&
              !site && (
                <Link href="/sites?add=1" className={buttonClass('secondary', 'min-h-8')}>
                  {t('pasted.addSite')}
                </Link>
              )
            }
          >
            {siteName && t('pasted.site', { site: siteName })}
            {entry?.authUrl && !site && t('pasted.noSite', { address: entry.authUrl })}
            {entry?.problem && (sayRemark(t, entry.problem.fields?.[0]?.remark ?? nothing) ?? said(entry.problem.detail))}
          </Notice>
        )}
        {found && <NotUsed remarks={[...found.remarks, ...(entry?.remarks ?? [])]} />}
        {read.isError && <Refused error={read.error} />}
      </div>
      {found && found.clouds.length > 1 && (
        <Field id="credential-cloud" label={t('credential.cloud')} error={wrong('cloud')}>
          <Select id="credential-cloud" {...register('cloud', { required: true, shouldUnregister: true })}>
            <option value="">{t('input.choose')}</option>
            {found.clouds.map((each) => (
              <option key={choiceOf(each)} value={choiceOf(each)}>
                {each.region === null ? each.name : t('file.region', { name: each.name, region: each.region })}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {entry?.needs && (
        <Field
          id="credential-missing"
          label={t(entry.needs === 'password' ? 'credential.password' : 'credential.secret')}
          help={t('pasted.missing')}
          error={wrong('missing')}
        >
          <TextInput
            {...describedBy('credential-missing', true, wrong('missing'))}
            type="password"
            autoComplete="new-password"
            {...register('missing', { required: secureYaml === '', shouldUnregister: true })}
          />
        </Field>
      )}
      {found?.format === 'cloudsYaml' && (entry?.needs || secureYaml !== '') && (
        <Field id="credential-secureYaml" label="secure.yaml" mark={t('input.optional')} error={wrong('secureYaml')}>
          <TextArea
            {...describedBy('credential-secureYaml', false, wrong('secureYaml'))}
            rows={4}
            spellCheck={false}
            {...register('secureYaml')}
          />
        </Field>
      )}
    </div>
  );
}

const nothing = { key: '', params: {} };

function titleOf(t: Translate, { format, dialect, clouds }: PastedView): string {
  return dialect === null || dialect === 'shell'
    ? t(`pasted.${format}`, { count: new Set(clouds.map(({ name }) => name)).size })
    : t(`pasted.${dialect}`);
}
