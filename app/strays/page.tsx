import { StraysPage } from '@/components/deployments/strays/strays-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('strays.title') };
}

export default function LeftOverPage() {
  return <StraysPage />;
}
