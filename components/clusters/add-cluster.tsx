'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { ClusterForm } from './cluster-form';

/** The button that leads to the form of a cluster; leads to the cluster's page once it is kept. */
export function AddCluster() {
  const t = useT();
  const router = useRouter();
  const url = useUrlState();
  const close = () => url.set({ add: null });
  return (
    <>
      <Button look="primary" onClick={() => url.set({ add: '1' })}>
        <Plus aria-hidden />
        {t('clusters.add')}
      </Button>
      <Dialog open={url.get('add') !== ''} onOpenChange={close} title={t('clusters.add')} note={t('clusters.addNote')} wide>
        <ClusterForm onDone={({ id }) => router.push(`/clusters/${id}`)} onCancel={close} />
      </Dialog>
    </>
  );
}
