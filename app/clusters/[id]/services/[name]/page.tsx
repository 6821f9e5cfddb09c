import { ServicePage } from '@/components/clusters/services/service-page';

export async function generateMetadata({ params }: { params: Promise<{ name: string }> }) {
  return { title: decodeURIComponent((await params).name) };
}

export default async function OneServicePage({ params }: { params: Promise<{ id: string; name: string }> }) {
  const { id, name } = await params;
  return <ServicePage key={name} cluster={decodeURIComponent(id)} name={decodeURIComponent(name)} />;
}
