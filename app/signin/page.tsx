import { readPreferences } from '@/components/messages/server';
import { SignIn } from '@/components/signin/sign-in';
import { readRefusal } from '@/lib/auth';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('signin.title') };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ refusal?: string | string[] }> }) {
  const { refusal } = await searchParams;
  return <SignIn refusal={await readRefusal(refusal)} />;
}
