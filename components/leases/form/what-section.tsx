'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { Section } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { SearchBox } from '@/components/ui/controls/search-box';
import { describedBy, Field, Select } from '@/components/ui/field';
import { useDebounced } from '@/components/ui/state/use-debounced';
import { leaseQueries } from '../queries';
import { Stepper } from '../stepper';
import type { LeaseDraft } from './lease-draft';
import type { EditLease } from './lease-form';

interface PartProps {
  draft: LeaseDraft;
  edit: EditLease;
  /** what is wrong with one of these fields */
  problemAt: (...fields: string[]) => string | undefined;
}

/** Where, and what: any of a type, exactly these hosts, or machines of a flavor. */
export function WhatSection({ draft, edit, problemAt }: PartProps) {
  const { t } = useLanguage();
  const sites = useQuery(queries.sites()).data?.items.filter(({ features }) => features.leases) ?? [];
  const site = sites.find(({ id }) => id === draft.site);
  const problem = problemAt('site', 'project', 'credential');
  return (
    <Section id="lease-what" title={t('leaseForm.what')}>
      <div className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
        <Field id="lease-site" label={t('leaseForm.site')} error={problem}>
          <Select
            {...describedBy('lease-site', false, problem)}
            value={draft.site}
            onChange={(event) =>
              edit((now) => ({
                ...now,
                site: event.target.value,
                project: '',
                credential: '',
                hosts: [],
                nodeType: '',
                flavor: '',
                addressNetwork: '',
              }))
            }
          >
            <option value="">{t('leaseForm.chooseSite')}</option>
            {sites.map(({ id, name, access }) => (
              <option key={id} value={id}>
                {name}
                {access === 'ready' ? '' : ` (${t(`access.${access}`)})`}
              </option>
            ))}
          </Select>
        </Field>
        {site && site.projects.length > 1 && (
          <Field id="lease-project" label={t('leaseForm.project')}>
            <Select
              id="lease-project"
              value={`${draft.project} ${draft.credential}`}
              onChange={(event) => {
                const [project = '', credential = ''] = event.target.value.split(' ');
                edit((now) => ({ ...now, project, credential }));
              }}
            >
              <option value=" ">{t('leaseForm.firstProject')}</option>
              {site.projects.map(({ id, name, credential }) => (
                <option key={`${id} ${credential}`} value={`${id} ${credential}`}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <fieldset className="sm:col-span-2">
          <legend className="mb-1.5 text-sm font-medium text-ink">{t('leaseForm.kind')}</legend>
          <div className="flex flex-wrap gap-1.5">
            {(['kind', 'hosts', 'flavor'] as const).map((what) => (
              <FilterChip key={what} on={draft.what === what} onClick={() => edit((now) => ({ ...now, what }))}>
                {t(`leaseForm.kind.${what}`)}
              </FilterChip>
            ))}
          </div>
        </fieldset>
        {draft.what === 'kind' && <KindFields draft={draft} edit={edit} problemAt={problemAt} />}
        {draft.what === 'hosts' && <HostFields draft={draft} edit={edit} problemAt={problemAt} />}
        {draft.what === 'flavor' && <FlavorFields draft={draft} edit={edit} problemAt={problemAt} />}
      </div>
    </Section>
  );
}

function KindFields({ draft, edit, problemAt }: PartProps) {
  const { t } = useLanguage();
  const kinds = useQuery({ ...leaseQueries.hosts({ site: draft.site, limit: 1 }), enabled: draft.site !== '' }).data?.facets.nodeType ?? [];
  const problem = problemAt('reservations.0.nodeType', 'reservations.0.properties', 'reservations.0');
  return (
    <>
      <Field id="lease-type" label={t('leaseForm.nodeType')} error={problem}>
        <Select
          {...describedBy('lease-type', false, problem)}
          value={draft.nodeType}
          onChange={(event) => edit((now) => ({ ...now, nodeType: event.target.value }))}
        >
          <option value="">{t('leaseForm.anyType')}</option>
          {!kinds.some(({ value }) => value === draft.nodeType) && draft.nodeType !== '' && <option>{draft.nodeType}</option>}
          {kinds.map(({ value, count }) => (
            <option key={value} value={value}>
              {value} ({count})
            </option>
          ))}
        </Select>
      </Field>
      <CountField draft={draft} edit={edit} problemAt={problemAt} />
    </>
  );
}

function FlavorFields({ draft, edit, problemAt }: PartProps) {
  const { t, format } = useLanguage();
  // what a site tells of its flavors it tells to those whom it knows
  const signedIn = useViewer().state === 'signed-in';
  const facts = useQuery({ ...queries.facts(draft.site, draft.project || undefined), enabled: signedIn && draft.site !== '' }).data;
  const flavors = facts?.flavors.filter(({ bareMetal }) => !bareMetal) ?? [];
  const problem = problemAt('reservations.0.flavor', 'reservations.0');
  return (
    <>
      <Field id="lease-flavor" label={t('leaseForm.flavor')} error={problem}>
        <Select
          {...describedBy('lease-flavor', false, problem)}
          value={draft.flavor}
          onChange={(event) => edit((now) => ({ ...now, flavor: event.target.value }))}
        >
          <option value="">{t('input.choose')}</option>
          {!flavors.some(({ name }) => name === draft.flavor) && draft.flavor !== '' && <option>{draft.flavor}</option>}
          {flavors.map(({ id, name, vcpus, ramMiB }) => (
            <option key={id} value={name}>
              {name} · {vcpus} vCPU · {format.memory(ramMiB)}
            </option>
          ))}
        </Select>
      </Field>
      <CountField draft={draft} edit={edit} problemAt={problemAt} />
    </>
  );
}

function CountField({ draft, edit, problemAt }: PartProps) {
  const { t } = useLanguage();
  return (
    <Field id="lease-count" label={t('finder.count')} error={problemAt('reservations.0.count', 'reservations.0.min', 'reservations.0.max')}>
      <Stepper id="lease-count" label={t('finder.count')} value={draft.count} onChange={(count) => edit((now) => ({ ...now, count }))} />
    </Field>
  );
}

const mostFound = 8;

function HostFields({ draft, edit, problemAt }: PartProps) {
  const { t } = useLanguage();
  const [q, setQ] = useState('');
  const search = useDebounced(q.trim(), 250);
  const found = useQuery({
    ...leaseQueries.hosts({ site: draft.site, q: search || undefined, limit: mostFound + draft.hosts.length }),
    enabled: draft.site !== '',
  });
  const all = found.data?.items ?? [];
  // those that are chosen need not be among those that are looked for
  const named = useQuery({ ...leaseQueries.hosts({ site: draft.site, limit: 500 }), enabled: draft.site !== '' && draft.hosts.length > 0 });
  const names = new Map([...(named.data?.items ?? []), ...all].map(({ uid, name }) => [uid, name]));
  const nameOf = (uid: string) => names.get(uid) ?? uid;
  const problem = problemAt('reservations.0.hosts', 'reservations.0');
  const free = all.filter(({ uid, reservable }) => reservable && !draft.hosts.includes(uid)).slice(0, mostFound);
  return (
    <div className="space-y-3 sm:col-span-2">
      {draft.hosts.length > 0 && (
        <ul aria-label={t('leaseForm.kind.hosts')} className="flex flex-wrap gap-1.5">
          {draft.hosts.map((uid) => (
            <li key={uid}>
              <FilterChip on onClick={() => edit((now) => ({ ...now, hosts: now.hosts.filter((each) => each !== uid) }))}>
                {nameOf(uid)}
                <X aria-hidden className="size-3.5" />
                <span className="sr-only">{t('leaseForm.removeHost')}</span>
              </FilterChip>
            </li>
          ))}
        </ul>
      )}
      {problem && <p className="text-xs font-medium text-bad">{problem}</p>}
      <SearchBox label={t('leaseForm.findHost')} value={q} onChange={setQ} />
      <ul className="flex flex-wrap gap-1.5">
        {free.map((host) => (
          <li key={host.uid}>
            <FilterChip on={false} onClick={() => edit((now) => ({ ...now, hosts: [...now.hosts, host.uid] }))}>
              {host.name} <span className="font-normal text-ink-3">{host.nodeType}</span>
            </FilterChip>
          </li>
        ))}
      </ul>
    </div>
  );
}
