import { readPreferences } from '@/components/messages/server';
import { DemoPage } from '@/components/testbed/demo/demo-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('demo.title') };
}

export default function GuidedTourPage() {
  return <DemoPage />;
}
