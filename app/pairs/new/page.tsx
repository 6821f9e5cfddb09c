import { readPreferences } from '@/components/messages/server';
import { PairWizard } from '@/components/pairs/pair-wizard';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('pairs.new') };
}

export default function NewPairPage() {
  return <PairWizard />;
}
