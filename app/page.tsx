import { cookies } from 'next/headers';
import { Home } from '@/components/home/home';

export default async function HomePage() {
  // only a guess for the first paint: whether the session holds is asked of the API
  const hasSession = (await cookies()).getAll().some(({ name }) => name.endsWith('transat-session'));
  return <Home expected={hasSession ? 'signed-in' : 'signed-out'} />;
}
