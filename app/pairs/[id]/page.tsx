import { PairPage } from '@/components/clusters/pairs/pair-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('pairs.one') };
}

export default async function OnePairPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <PairPage key={id} id={id} />;
}
