import { PairWizard } from '@/components/clusters/pairs/pair-wizard';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('pairs.new') };
}

export default function NewPairPage() {
  return <PairWizard />;
}
