'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { later } from '@/components/ui/later';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import type { NotRevoked } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';

const SiteForm = later(
  () => import('./site-form').then((module) => module.SiteForm),
  () => <SkeletonLines lines={8} />,
);

/** The button to a site of one's own, and its form; leads to the site's page once it is there. */
export function AddSite() {
  const t = useT();
  const router = useRouter();
  const url = useUrlState();
  const close = () => url.set({ add: null });
  return (
    <>
      <Button look="primary" onClick={() => url.set({ add: '1' })}>
        <Plus aria-hidden />
        {t('sites.add')}
      </Button>
      <Dialog open={url.get('add') !== ''} onOpenChange={close} title={t('sites.add')} note={t('sites.addNote')} wide>
        <SiteForm onDone={({ id }) => router.push(`/sites/${encodeURIComponent(id)}`)} onCancel={close} />
      </Dialog>
    </>
  );
}

/** Changes and deletes a site of one's own. */
export function OwnSiteActions({ site }: { site: SiteView }) {
  const t = useT();
  const router = useRouter();
  const [editing, edit] = useState(false);
  const client = useQueryClient();
  // the list alone: the site's own page would only be told that it is gone
  const leave = (answer: NotRevoked | undefined) => {
    void client.invalidateQueries({ queryKey: queries.sites().queryKey, exact: true });
    // where it is told what could not be revoked yet
    router.push(answer ? '/settings/credentials' : '/sites');
  };
  const credentials = useQuery(queries.credentials()).data?.items.filter((each) => each.site === site.id && each.kind !== 'oidc') ?? [];
  return (
    <>
      <Button onClick={() => edit(true)}>
        <Pencil aria-hidden />
        {t('sites.edit')}
      </Button>
      <ConfirmDelete name={site.name} path={`/sites/${encodeURIComponent(site.id)}`} keys={['credentials', 'match']} onDone={leave}>
        <p>{t('sites.deleteNote', { count: credentials.length })}</p>
        <ul className="mt-2 list-disc space-y-1 pl-5 empty:hidden">
          {credentials.map(({ id, name, made }) => (
            <li key={id}>
              <span className="font-medium text-ink">{name}</span>: {t(made ? 'sites.deleteRevoked' : 'sites.deleteKept')}
            </li>
          ))}
        </ul>
      </ConfirmDelete>
      <Dialog open={editing} onOpenChange={edit} title={t('sites.edit')} note={t('sites.addNote')} wide>
        <SiteForm site={site} onDone={() => edit(false)} onCancel={() => edit(false)} />
      </Dialog>
    </>
  );
}
