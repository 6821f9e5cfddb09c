import { DeploymentPage } from '@/components/deployment/deployment-page';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('deployment.page') };
}

export default async function OneDeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  return <DeploymentPage key={id} id={id} />;
}
