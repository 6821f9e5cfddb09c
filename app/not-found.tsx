import { readPreferences } from '@/components/messages/server';
import { Missing } from '@/components/shell/missing';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('notFound.title') };
}

export default function NotFoundPage() {
  return <Missing />;
}
