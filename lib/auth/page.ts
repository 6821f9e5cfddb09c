import 'server-only';
import { headers } from 'next/headers';
import { AppError } from '@/lib/core/errors';
import { getAuth } from './services';
import type { Person } from './types';

/** Who looks at a page; null when nobody is signed in (or is no longer let in). For server components. */
export async function currentPerson(): Promise<Person | null> {
  const [{ identify }, given] = await Promise.all([getAuth(), headers()]);
  // a page is never opened with a token of the API
  const cookie = given.get('cookie');
  try {
    return await identify({ method: 'GET', headers: new Headers(cookie ? { cookie } : {}) });
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') return null;
    throw error;
  }
}
