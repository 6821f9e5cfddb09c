'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import { describedBy, Field, Select, TextInput } from '@/components/ui/field';
import type { MatchItem, SiteFactsView } from '@/lib/api/contract/sites';
import type { WaysChoice } from '../draft';
import { addressesIn } from '../request';

interface WaysProps {
  set: string;
  match: MatchItem | undefined;
  chosen: WaysChoice;
  onChange: (choice: WaysChoice) => void;
}

/** What few choose at a site: network, pool of addresses, name servers, router, disks. All of it may be left to the planner and the site. */
export function Ways({ set, match, chosen, onChange }: WaysProps) {
  const t = useT();
  const usable = match?.project ? match : undefined;
  const { data } = useQuery({ ...queries.facts(usable?.site ?? '', usable?.project?.id), enabled: usable !== undefined });
  const isFilled = Object.values(chosen).some((value) => value !== undefined && value !== '');
  // opened once for what is filled in, and then as the person leaves it
  const [open, setOpen] = useState(isFilled);
  // it has its place before the site has told what there is, so that nothing below it moves
  if (!usable) return null;
  return (
    <Card>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex min-h-12 cursor-pointer items-center px-4 text-sm font-medium text-ink sm:px-5">{t('ways.title')}</summary>
        <div className="grid gap-4 px-4 pb-5 sm:grid-cols-2 sm:px-5">
          {data && <Choices id={`ways-${set}`} facts={data} chosen={chosen} onChange={onChange} />}
        </div>
      </details>
    </Card>
  );
}

function Choices({
  id,
  facts,
  chosen,
  onChange,
}: {
  id: string;
  facts: SiteFactsView;
  chosen: WaysChoice;
  onChange: WaysProps['onChange'];
}) {
  const t = useT();
  const networks = facts.networks.filter(({ external, subnets }) => !external && subnets.length > 0);
  const pools = facts.networks.filter(({ external }) => external);
  const made = chosen.network === undefined;
  const wrong = addressesIn(chosen.nameServers ?? '').find((text) => !addressPattern.test(text));
  const pick = (name: keyof WaysChoice) => (value: string) => onChange({ [name]: value === '' ? undefined : value });
  return (
    <>
      <Choice
        id={`${id}-network`}
        label={t('ways.network')}
        help={t('ways.networkHelp')}
        otherwise={t('ways.networkMade')}
        value={chosen.network}
        among={networks.map(({ id, name, subnets }) => ({ id, name: `${name} (${subnets.map(({ cidr }) => cidr).join(', ')})` }))}
        onChange={pick('network')}
      />
      <Choice
        id={`${id}-pool`}
        label={t('ways.pool')}
        otherwise={t('ways.any')}
        value={chosen.pool}
        among={pools}
        onChange={pick('pool')}
      />
      {made && (
        <>
          <Choice
            id={`${id}-router`}
            label={t('ways.router')}
            help={t('ways.routerHelp')}
            otherwise={t('ways.routerMade')}
            value={chosen.router}
            among={facts.routers ?? []}
            onChange={pick('router')}
          />
          <Field
            id={`${id}-dns`}
            label={t('ways.nameServers')}
            help={t('ways.nameServersHelp')}
            error={wrong === undefined ? undefined : t('ways.noAddress', { text: wrong })}
          >
            <TextInput
              {...describedBy(`${id}-dns`, true, wrong)}
              autoComplete="off"
              inputMode="decimal"
              maxLength={80}
              placeholder={t('ways.asSite')}
              value={chosen.nameServers ?? ''}
              onChange={(event) => onChange({ nameServers: event.target.value })}
            />
          </Field>
        </>
      )}
      <Choice
        id={`${id}-volumes`}
        label={t('ways.volumeType')}
        otherwise={t('ways.asSite')}
        value={chosen.volumeType}
        among={facts.volumeTypes.map((name) => ({ id: name, name }))}
        onChange={pick('volumeType')}
      />
      <Choice
        id={`${id}-drive`}
        label={t('ways.configDrive')}
        help={t('ways.configDriveHelp')}
        otherwise={t('ways.asSite')}
        value={chosen.configDrive === undefined ? undefined : String(chosen.configDrive)}
        among={[
          { id: 'true', name: t('ways.yes') },
          { id: 'false', name: t('ways.no') },
        ]}
        onChange={(value) => onChange({ configDrive: value === '' ? undefined : value === 'true' })}
      />
    </>
  );
}

const addressPattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

interface ChoiceProps {
  id: string;
  label: string;
  help?: string;
  /** what holds where nothing is chosen */
  otherwise: string;
  value: string | undefined;
  among: readonly { id: string; name: string }[];
  onChange: (value: string) => void;
}

function Choice({ id, label, help, otherwise, value, among, onChange }: ChoiceProps) {
  return (
    <Field id={id} label={label} help={help}>
      <Select {...describedBy(id, help, false)} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
        <option value="">{otherwise}</option>
        {/* what was chosen stays to be seen, even where it is gone */}
        {value !== undefined && !among.some((each) => each.id === value) && <option value={value}>{value}</option>}
        {among.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
