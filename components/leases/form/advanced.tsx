'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { Card } from '@/components/ui/card';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import { Stepper } from '../stepper';
import { TimeField } from '../time-field';
import type { LeaseDraft } from './lease-draft';
import type { EditLease } from './lease-form';

interface AdvancedProps {
  draft: LeaseDraft;
  edit: EditLease;
  suggested: string;
  problemAt: (...fields: string[]) => string | undefined;
}

/** Its name, which is suggested; and what few need: floating IPs, a network of its own, extension by itself. */
export function Advanced({ draft, edit, suggested, problemAt }: AdvancedProps) {
  const t = useT();
  const signedIn = useViewer().state === 'signed-in';
  const facts = useQuery({ ...queries.facts(draft.site, draft.project || undefined), enabled: signedIn && draft.site !== '' }).data;
  const networks = facts?.networks.filter(({ external }) => external) ?? [];
  const nameProblem = problemAt('name');
  const [first] = networks;
  const isFilled = draft.addresses > 0 || draft.network !== '' || draft.extendUntil !== '';
  const [open, setOpen] = useState(isFilled);
  if (isFilled && !open && problemAt('extendUntil') !== undefined) setOpen(true);
  const networkProblem = draft.addresses > 0 && draft.addressNetwork === '' ? t('leaseForm.missing.addressNetwork') : undefined;
  return (
    <Card>
      <div className="p-4 sm:p-5">
        <Field id="lease-name" label={t('leaseForm.name')} help={t('leaseForm.nameHelp')} error={nameProblem}>
          <TextInput
            {...describedBy('lease-name', true, nameProblem)}
            maxLength={120}
            autoComplete="off"
            placeholder={suggested}
            value={draft.name}
            onChange={(event) => edit((now) => ({ ...now, name: event.target.value }))}
          />
        </Field>
      </div>
      {/* what was filled in is never out of sight, and what is being typed stays */}
      <details className="border-t border-line" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex min-h-11 items-center px-4 text-sm font-medium text-ink sm:px-5">{t('leaseForm.advanced')}</summary>
        <div className="grid gap-4 px-4 pb-5 sm:grid-cols-2 sm:px-5">
          <Field id="lease-addresses" label={t('leaseForm.addresses')} help={t('leaseForm.addressesHelp')}>
            <Stepper
              id="lease-addresses"
              label={t('leaseForm.addresses')}
              least={0}
              most={50}
              value={draft.addresses}
              onChange={(addresses) => edit((now) => ({ ...now, addresses, addressNetwork: now.addressNetwork || (first?.name ?? '') }))}
            />
          </Field>
          {draft.addresses > 0 && (
            <Field id="lease-address-network" label={t('leaseForm.addressNetwork')} error={networkProblem}>
              <Select
                {...describedBy('lease-address-network', false, networkProblem)}
                value={draft.addressNetwork}
                onChange={(event) => edit((now) => ({ ...now, addressNetwork: event.target.value }))}
              >
                {draft.addressNetwork === '' && <option value="">{t('input.choose')}</option>}
                {draft.addressNetwork !== '' && !networks.some(({ name }) => name === draft.addressNetwork) && (
                  <option>{draft.addressNetwork}</option>
                )}
                {networks.map(({ id, name }) => (
                  <option key={id} value={name}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field id="lease-network" label={t('leaseForm.network')} help={t('leaseForm.networkHelp')}>
            <TextInput
              {...describedBy('lease-network', true, false)}
              autoComplete="off"
              value={draft.network}
              onChange={(event) => edit((now) => ({ ...now, network: event.target.value }))}
            />
          </Field>
          <TimeField
            id="lease-extend-until"
            label={t('leaseForm.extendUntil')}
            value={draft.extendUntil}
            onChange={(extendUntil) => edit((now) => ({ ...now, extendUntil }))}
            error={problemAt('extendUntil')}
            help={t('leaseForm.extendUntilHelp')}
          />
        </div>
      </details>
    </Card>
  );
}
