'use client';

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { CodeLine } from '@/components/ui/copy';
import { Field, TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/tone';
import type { ChangedNotifications, NotificationsView } from '@/lib/api/contract/telling';

/** Where messages are posted to, and the secret that they are signed with, shown once. */
export function Webhook({ view: { webhook } }: { view: NotificationsView }) {
  const t = useT();
  const form = useForm({ values: { url: webhook.url ?? '' } });
  const [secret, setSecret] = useState<string | null>(null);
  const save = useWrite<ChangedNotifications>(['notifications'], ({ webhookSecret }) => setSecret(webhookSecret));
  const { errors } = form.formState;
  const patch = (webhookUrl: string | null) => save.mutate({ method: 'PATCH', path: '/notifications', body: { webhookUrl } });
  return (
    <div className="space-y-4 p-5">
      <div>
        <h3 className="font-medium text-ink">{t('notify.webhook')}</h3>
        <p className="text-sm text-ink-2">{webhook.possible ? t('notify.webhookNote') : t('notify.webhookNone')}</p>
      </div>
      {secret && (
        <Notice tone="ok" title={t('notify.webhookSecret')}>
          <div className="mt-2">
            <CodeLine text={secret} what={t('notify.webhookSecretName')} />
          </div>
        </Notice>
      )}
      {webhook.possible && (
        <form className="space-y-4" noValidate onSubmit={form.handleSubmit(({ url }) => patch(url))}>
          <Field id="webhook-url" label={t('notify.webhookUrl')} error={errors.url && t('check.required')} className="max-w-xl">
            <TextInput
              id="webhook-url"
              type="url"
              autoComplete="off"
              placeholder="https://"
              aria-invalid={errors.url ? true : undefined}
              {...form.register('url', { required: true })}
            />
          </Field>
          <Refused error={save.error} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" busy={save.isPending}>
              {t('notify.webhookSave')}
            </Button>
            {webhook.url !== null && (
              <Button look="ghost" title={t('notify.webhookDelete')} onClick={() => patch(null)}>
                {t('action.delete')}
              </Button>
            )}
          </div>
        </form>
      )}
    </div>
  );
}
