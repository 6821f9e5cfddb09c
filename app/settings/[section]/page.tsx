import { notFound } from 'next/navigation';
import { readPreferences } from '@/components/messages/server';
import { sections } from '@/components/settings/sections';
import { SettingsPage } from '@/components/settings/settings-page';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('nav.settings') };
}

export default async function SettingsSectionPage({ params }: { params: Promise<{ section: string }> }) {
  const { section: wanted } = await params;
  const section = sections.find((each) => each === wanted);
  if (!section) notFound();
  return <SettingsPage section={section} />;
}
