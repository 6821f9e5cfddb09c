import { readPreferences } from '@/components/messages/server';
import { SignIn } from '@/components/signin/sign-in';

export async function generateMetadata() {
  return { title: (await readPreferences()).t('signin.title') };
}

export default function SignInPage() {
  return <SignIn />;
}
