import { DeploymentsPage } from '@/components/deployments/deployments-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('deployments.title') };
}

export default function AllDeploymentsPage() {
  return <DeploymentsPage />;
}
