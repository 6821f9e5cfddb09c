'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { credentialName } from '@/components/shared/credential-name';
import { HandOver } from '@/components/shared/hand-over';
import { actingOf } from '@/components/shared/successors';
import { Dialog } from '@/components/ui/dialog';
import type { DeploymentView } from '@/lib/api/contract/deployments';

/** Lets a deployment go on by another credential, site by site. */
export function OtherCredential({ view, onOpenChange }: { view: DeploymentView; onOpenChange: (open: boolean) => void }) {
  const t = useT();
  const known = useQuery(queries.credentials()).data?.items ?? [];
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const all = actingOf(view.placement);
  return (
    <Dialog open onOpenChange={onOpenChange} title={t('handOver.title', { name: view.name })}>
      <p className="text-sm text-ink-2">{t('handOver.note')}</p>
      {all.map((acting) => {
        const by = known.find(({ id }) => id === acting.credential);
        const site = sites.find(({ id }) => id === acting.site)?.name ?? acting.site;
        return (
          <section key={JSON.stringify(acting)} className="mt-5 border-t border-line pt-4">
            <h3 className="font-medium text-ink">{site}</h3>
            <p className="mb-3 text-sm text-ink-2">{by ? t('handOver.acts', { name: credentialName(t, by) }) : t('handOver.actsByNone')}</p>
            <HandOver acting={acting} deployment={view.id} onDone={() => all.length === 1 && onOpenChange(false)} />
          </section>
        );
      })}
    </Dialog>
  );
}
