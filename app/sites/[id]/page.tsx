import { readPreferences } from '@/components/messages/server';
import { SitePage } from '@/components/sites/site-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('sites.site') };
}

export default async function OneSitePage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <SitePage key={id} id={id} />;
}
