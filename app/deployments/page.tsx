import { HydrationBoundary } from '@tanstack/react-query';
import { DeploymentsPage } from '@/components/deployments/deployments-page';
import { readPreferences } from '@/components/messages/server';
import { prefetch } from '../prefetch';
import { firstDeployments } from './first-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('deployments.title') };
}

export default async function AllDeploymentsPage() {
  const { state } = await prefetch([firstDeployments]);
  return (
    <HydrationBoundary state={state}>
      <DeploymentsPage />
    </HydrationBoundary>
  );
}
