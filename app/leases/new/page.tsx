import { NewLease } from '@/components/leases/new-lease';
import { readPreferences } from '@/components/messages/server';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('leaseForm.title') };
}

export default function NewLeasePage() {
  return <NewLease />;
}
