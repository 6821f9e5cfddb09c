'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Empty } from '@/components/ui/empty';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/use-url-state';
import { CredentialForm } from './credential-form';
import { CredentialRow } from './credential-row';

/** What lets the person act on sites: how each is, until when it holds, and a way to add one. */
export function Credentials() {
  const t = useT();
  const url = useUrlState();
  const query = useQuery(queries.credentials());
  const sites = useQuery(queries.sites());
  const adding = url.get('add') !== '' || url.get('site') !== '';
  const close = () => url.set({ add: null, site: null });
  const add = (
    <Button look="primary" onClick={() => url.set({ add: '1' })}>
      <Plus aria-hidden />
      {t('credential.add')}
    </Button>
  );
  return (
    <>
      <Section id="credentials" title={t('settings.credentials')} note={t('credential.note')} aside={add}>
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
          {({ items }) => <CredentialForm sites={items} site={url.get('site')} onDone={close} />}
        </Loaded>
      </Dialog>
    </>
  );
}
