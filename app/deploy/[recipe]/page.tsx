import { Suspense } from 'react';
import { Configure } from '@/components/configure/configure';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('configure.page') };
}

export default async function DeployPage({ params }: { params: Promise<{ recipe: string }> }) {
  const id = decodeURIComponent((await params).recipe);
  return (
    <Suspense>
      <Configure key={id} id={id} />
    </Suspense>
  );
}
