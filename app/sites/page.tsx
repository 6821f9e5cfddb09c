import { readPreferences } from '@/components/messages/server';
import { SitesPage } from '@/components/sites/sites-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('sites.title') };
}

export default function AllSitesPage() {
  return <SitesPage />;
}
