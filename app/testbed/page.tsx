import { readPreferences } from '@/components/messages/server';
import { TestbedPage } from '@/components/testbed/testbed-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('testbed.title') };
}

export default function TwoShoresPage() {
  return <TestbedPage />;
}
