'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { useT } from '@/components/messages/provider';
import { Field, Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { OwnStoreView } from '@/lib/api/contract/credentials';
import type { CredentialDraft } from './credential-body';

interface Props {
  /** the names in it */
  store: UseQueryResult<OwnStoreView>;
  form: UseFormReturn<CredentialDraft>;
  wrong: string | false | undefined;
}

/** Chooses among the secrets that the person keeps in a store of their own. */
export function OwnSecret({ store, form, wrong }: Props) {
  const t = useT();
  return (
    <Loaded query={store} skeleton={<SkeletonLines lines={2} />}>
      {({ names }) => (
        <Field id="credential-secretName" label={t('credential.secretName')} help={t('credential.secretNameHelp')} error={wrong}>
          <Select
            id="credential-secretName"
            aria-invalid={wrong ? true : undefined}
            aria-describedby={[wrong && 'credential-secretName-error', 'credential-secretName-help'].filter(Boolean).join(' ')}
            {...form.register('secretName', { required: true })}
          >
            <option value="">{names.length === 0 ? t('credential.secretNameNone') : t('input.choose')}</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </Loaded>
  );
}
