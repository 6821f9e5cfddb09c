import { LeasesPage } from '@/components/leases/leases-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('leases.title') };
}

export default function AllLeasesPage() {
  return <LeasesPage />;
}
