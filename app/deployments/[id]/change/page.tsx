import { ChangePage } from '@/components/deployment/change/change-page';
import { readPreferences } from '@/components/messages/server';
import { readOwnRange } from '../../../own-range';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('change.page') };
}

export default async function ChangeDeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <ChangePage key={id} id={id} ownRange={await readOwnRange()} />;
}
