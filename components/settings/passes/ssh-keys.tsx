'use client';

import { useQuery } from '@tanstack/react-query';
import { KeySquare } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { useFormBefore } from '@/components/shared/back-to-form';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { keepTyped } from '@/components/shared/keep-typed';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Field, TextArea, TextInput } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Ago } from '@/components/ui/time';

/** Public keys that are put on every node. */
export function SshKeys() {
  const t = useT();
  const query = useQuery(queries.sshKeys());
  return (
    <>
      <Section id="ssh-keys" title={t('settings.ssh-keys')} note={t('key.note')}>
        <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={KeySquare} title={t('key.none')}>
                {t('key.noneNote')}
              </Empty>
            ) : (
              <ul className="divide-y divide-line">
                {items.map((key) => (
                  <li key={key.id} className="flex items-center justify-between gap-4 px-4 py-3.5 sm:px-5">
                    <div className="min-w-0">
                      <p className="font-medium text-ink">{key.name}</p>
                      <p className="truncate font-mono text-xs text-ink-2">{key.fingerprint}</p>
                      <p className="text-xs text-ink-3">
                        {key.publicKey.split(' ')[0]} · {t('settings.added')} <Ago iso={key.createdAt} />
                      </p>
                    </div>
                    <ConfirmDelete name={key.name} path={`/ssh-keys/${encodeURIComponent(key.id)}`} keys={['ssh-keys']}>
                      {t('key.deleteNote')}
                    </ConfirmDelete>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      <AddKey />
    </>
  );
}

// found before it leaves the browser
function privateIn(text: string): 'privateKey' | 'puttyPrivate' | undefined {
  if (/^PuTTY-User-Key-File-/m.test(text)) return 'puttyPrivate';
  return text.includes('PRIVATE KEY') ? 'privateKey' : undefined;
}

function AddKey() {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', publicKey: '' } });
  const router = useRouter();
  const before = useFormBefore();
  const save = useWrite(['ssh-keys'], () => {
    form.reset();
    // it was added on the way to a deployment
    if (before) router.push(before);
  });
  const { errors } = form.formState;
  const found = privateIn(form.watch('publicKey'));
  const wrong = errors.publicKey && (found ? t(`sshKey.${found}`) : t('check.required'));
  return (
    <Section id="add-key" title={t('key.add')}>
      <form
        className="space-y-4 p-5"
        noValidate
        onSubmit={form.handleSubmit((body) => save.mutate({ method: 'POST', path: '/ssh-keys', body }))}
      >
        <Field id="key-name" label={t('settings.name')} error={errors.name && t('check.required')} className="max-w-sm">
          <TextInput
            id="key-name"
            autoComplete="off"
            aria-invalid={errors.name ? true : undefined}
            {...keepTyped(form, 'name', { required: true })}
          />
        </Field>
        <Field id="key-text" label={t('key.publicKey')} help={t('key.publicKeyHelp')} error={wrong}>
          <TextArea
            id="key-text"
            rows={3}
            spellCheck={false}
            aria-describedby="key-text-help"
            aria-invalid={wrong ? true : undefined}
            placeholder="ssh-ed25519 AAAA…"
            {...keepTyped(form, 'publicKey', { required: true, validate: (text) => privateIn(text) === undefined })}
          />
        </Field>
        <Refused error={save.error} />
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('key.add')}
        </Button>
      </form>
    </Section>
  );
}
