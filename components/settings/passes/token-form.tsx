'use client';

import { useForm } from 'react-hook-form';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { keepTyped } from '@/components/shared/keep-typed';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Field, Select, TextInput } from '@/components/ui/field';
import type { CreatedToken } from '@/lib/api/contract/people';
import { DAY } from '@/lib/leases/time/units';

const lives = [7, 30, 90, 365] as const;

/** Makes a token; the text is shown this once. */
export function TokenForm({ onMade }: { onMade: (token: string) => void }) {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', scope: 'read', days: '30' } });
  const save = useWrite<CreatedToken>(['tokens'], ({ token }) => {
    form.reset();
    onMade(token);
  });
  const { errors } = form.formState;
  return (
    <Section id="add-token" title={t('token.add')}>
      <form
        className="space-y-4 p-5"
        noValidate
        onSubmit={form.handleSubmit(({ name, scope, days }) =>
          save.mutate({
            method: 'POST',
            path: '/tokens',
            body: { name, scope, expiresAt: new Date(Date.now() + Number(days) * DAY).toISOString() },
          }),
        )}
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Field id="token-name" label={t('settings.name')} error={errors.name && t('check.required')}>
            <TextInput
              id="token-name"
              autoComplete="off"
              aria-invalid={errors.name ? true : undefined}
              {...keepTyped(form, 'name', { required: true })}
            />
          </Field>
          <Field id="token-scope" label={t('token.scope')}>
            <Select id="token-scope" {...keepTyped(form, 'scope')}>
              <option value="read">{t('token.read')}</option>
              <option value="write">{t('token.write')}</option>
            </Select>
          </Field>
          <Field id="token-days" label={t('token.lives')}>
            <Select id="token-days" {...keepTyped(form, 'days')}>
              {lives.map((days) => (
                <option key={days} value={days}>
                  {t('token.days', { count: days })}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <Refused error={save.error} />
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('token.add')}
        </Button>
      </form>
    </Section>
  );
}
