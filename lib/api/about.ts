import type { About } from '@/lib/core/config/about';
import { getServices } from './services';

/** Who runs this Transat, for its first page; null where its operator does not say. */
export async function readAbout(): Promise<{ about: About | null; sandbox: boolean }> {
  const { config } = await getServices();
  return { about: config.about ?? null, sandbox: config.sandbox };
}
