'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Link2, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { useFormBefore } from '@/components/shared/back-to-form';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Empty } from '@/components/ui/empty';
import { later } from '@/components/ui/later';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import type { Credential } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';
import { CredentialRow } from './credential-row';
import { Revocations } from './revocations';

// forms come when they are opened: the list is what most look at; and not from the server, where one could type before the page keeps it
const loading = () => <SkeletonLines lines={8} />;
const CredentialForm = later(() => import('./adding/credential-form').then((module) => module.CredentialForm), loading);
const DeviceConnect = later(() => import('./adding/device-connect').then((module) => module.DeviceConnect), loading);
const MakeCredential = later(() => import('./adding/make-credential').then((module) => module.MakeCredential), loading);

/** What lets the person act on sites: how each is, until when it holds, and the ways to add one. */
export function Credentials() {
  const t = useT();
  const url = useUrlState();
  const query = useQuery(queries.credentials());
  const sites = useQuery(queries.sites());
  const all = sites.data?.items ?? [];
  const held = query.data?.items ?? [];
  const before = useFormBefore();
  const router = useRouter();
  const close = () => url.set({ add: null, site: null, connect: null, make: null });
  const adding = url.get('add') !== '' || url.get('site') !== '';
  const connecting = all.find(({ id, deviceProvider }) => id === url.get('connect') && deviceProvider !== null);
  const by = held.find(({ id }) => id === url.get('make'));
  const makingAt = by && all.find(({ id }) => id === by.site);
  const aside = (
    <span className="flex flex-wrap justify-end gap-2">
      {toConnect(all, held).map((site) => (
        <Button key={site.id} onClick={() => url.set({ connect: site.id })}>
          <Link2 aria-hidden />
          {t('device.connect', { provider: site.deviceProvider ?? '' })}
        </Button>
      ))}
      <Button look="primary" onClick={() => url.set({ add: '1' })}>
        <Plus aria-hidden />
        {t('credential.add')}
      </Button>
    </span>
  );
  return (
    <>
      <Section id="credentials" title={t('settings.credentials')} note={t('credential.note')} aside={aside}>
        <div className="p-4 empty:hidden">
          <Revocations />
        </div>
        <Loaded query={query} skeleton={<SkeletonLines lines={6} className="p-5" />}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={KeyRound} title={t('credential.none')}>
                {t('credential.noneNote')}
              </Empty>
            ) : (
              <ul className="divide-y divide-line">
                {items.map((credential) => (
                  <CredentialRow key={credential.id} credential={credential} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      <Dialog open={adding} onOpenChange={close} title={t('credential.add')} note={t('credential.tried')} wide>
        <Loaded query={sites} skeleton={<SkeletonLines lines={8} />}>
          {({ items }) => (
            <CredentialForm sites={items} site={url.get('site')} onKept={before ? () => router.push(before) : close} onDone={close} />
          )}
        </Loaded>
      </Dialog>
      <Dialog
        open={connecting !== undefined}
        onOpenChange={close}
        title={t('device.connect', { provider: connecting?.deviceProvider ?? '' })}
        note={t('device.note')}
        wide
      >
        {connecting && <DeviceConnect site={connecting} onDone={close} />}
      </Dialog>
      <Dialog open={makingAt !== undefined} onOpenChange={close} title={t('make.title', { site: makingAt?.name ?? '' })} wide>
        {by && makingAt && <MakeCredential by={by} site={makingAt} onDone={close} />}
      </Dialog>
    </>
  );
}

/** A site for each provider that can be connected and is not: one approval serves all sites of a provider. */
function toConnect(sites: SiteView[], held: Credential[]): SiteView[] {
  const connected = new Set(held.filter(({ kind }) => kind === 'device').map(({ site }) => site));
  const names = new Set(sites.filter(({ id }) => connected.has(id)).map(({ deviceProvider }) => deviceProvider));
  return sites.filter((site, index) => {
    const first = sites.findIndex(({ deviceProvider }) => deviceProvider === site.deviceProvider) === index;
    return site.deviceProvider !== null && first && !names.has(site.deviceProvider);
  });
}
