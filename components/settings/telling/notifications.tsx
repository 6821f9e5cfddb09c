'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useLanguage } from '@/components/messages/provider';
import { locales } from '@/components/messages/types';
import { Refused } from '@/components/shared/refused';
import { Section } from '@/components/ui/card';
import { Switch } from '@/components/ui/controls/switch';
import { Field, Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { NotificationsView } from '@/lib/api/contract/telling';
import { Feed } from './feed';
import { Notices } from './notices';
import { Webhook } from './webhook';

/** How people are told in time, and what they were told. */
export function Notifications() {
  const { t } = useLanguage();
  const query = useQuery(queries.notifications());
  return (
    <>
      <Section id="notifications" title={t('settings.notifications')} note={t('notify.note')}>
        <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
          {(view) => (
            <div className="divide-y divide-line">
              <Mail view={view} />
              <Webhook view={view} />
              <Feed view={view} />
            </div>
          )}
        </Loaded>
      </Section>
      <Notices />
    </>
  );
}

function Mail({ view: { mail, webhook, language } }: { view: NotificationsView }) {
  const { t } = useLanguage();
  const id = useId();
  const save = useWrite(['notifications']);
  const [on, setOn] = useState(mail.on);
  const why = mail.possible ? undefined : mail.address === null ? t('notify.mailNoAddress') : t('notify.mailNoServer');
  const patch = (body: object) => save.mutate({ method: 'PATCH', path: '/notifications', body });
  return (
    <div className="space-y-4 p-5">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <label htmlFor={id} className="font-medium text-ink">
            {t('notify.mail')}
          </label>
          <p className="text-sm break-words text-ink-2">{why ?? t('notify.mailTo', { address: mail.address ?? '' })}</p>
        </div>
        {mail.possible && (
          <Switch
            id={id}
            checked={on}
            onCheckedChange={(wanted) => {
              setOn(wanted);
              patch({ mail: wanted });
            }}
          />
        )}
      </div>
      {(mail.possible || webhook.possible) && (
        <Field id={`${id}-language`} label={t('notify.language')} className="max-w-sm">
          <Select id={`${id}-language`} value={language} onChange={(event) => patch({ language: event.target.value })}>
            {locales.map((each) => (
              <option key={each} value={each} lang={each}>
                {t(`language.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Refused error={save.error} />
    </div>
  );
}
