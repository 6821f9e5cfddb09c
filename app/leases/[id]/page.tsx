import { LeasePage } from '@/components/leases/lease/lease-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('lease.page') };
}

export default async function OneLeasePage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <LeasePage key={id} id={id} />;
}
