import { readPreferences } from '@/components/messages/server';
import { TrialPage } from '@/components/recipes/trial/trial-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('trial.title') };
}

export default function TryPage() {
  return <TrialPage />;
}
