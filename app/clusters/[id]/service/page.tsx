import { ServiceEdit } from '@/components/clusters/services/service-edit';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('services.new') };
}

export default async function ServiceFormPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <ServiceEdit key={id} cluster={id} />;
}
