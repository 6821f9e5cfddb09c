'use client';

import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { FormEnd } from '@/components/shared/form-end';
import { Field, TextInput } from '@/components/ui/field';
import type { Credential } from '@/lib/api/contract/credentials';

/** Puts a new secret in the place of one that was given; it is tried before it replaces the old one. */
export function RenewSecret({ credential, onDone }: { credential: Credential; onDone: () => void }) {
  const t = useT();
  const form = useForm<{ id: string; secret: string }>({ defaultValues: { id: '', secret: '' } });
  const save = useWrite(['credentials', 'sites'], onDone);
  const password = !('secret' in credential.shown);
  return (
    <form
      className="space-y-4"
      noValidate
      onSubmit={form.handleSubmit(({ id, secret }) =>
        save.mutate({
          method: 'PATCH',
          path: `/credentials/${encodeURIComponent(credential.id)}`,
          body: { secret, ...(id ? { id } : {}) },
        }),
      )}
    >
      {!password && (
        <Field id="renew-id" label={t('credential.id')} help={t('credential.newIdHelp')}>
          <TextInput id="renew-id" aria-describedby="renew-id-help" autoComplete="off" spellCheck={false} {...form.register('id')} />
        </Field>
      )}
      <Field
        id="renew-secret"
        label={t(password ? 'credential.password' : 'credential.secret')}
        error={form.formState.errors.secret && t('check.required')}
      >
        <TextInput id="renew-secret" type="password" autoComplete="new-password" {...form.register('secret', { required: true })} />
      </Field>
      <FormEnd error={save.error} busy={save.isPending} action={t('credential.save')} onCancel={onDone} />
    </form>
  );
}
