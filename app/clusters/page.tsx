import { ClustersPage } from '@/components/clusters/clusters-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('clusters.title') };
}

export default function AllClustersPage() {
  return <ClustersPage />;
}
