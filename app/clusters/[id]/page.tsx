import { ClusterPage } from '@/components/clusters/cluster-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('clusters.one') };
}

export default async function OneClusterPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <ClusterPage key={id} id={id} />;
}
