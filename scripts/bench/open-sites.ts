import { Worker } from 'node:worker_threads';
import type { Mood } from './mock-answers';

/** What the thread of the sites is given. */
export interface MockSites {
  moods: readonly Mood[];
  /** whether they are as their mood says from the start; else all are well until they are told */
  begin: boolean;
}

/** Opens sites of these moods, in a thread of their own. */
export async function openSites(moods: readonly Mood[], { begin = true } = {}) {
  const workerData: MockSites = { moods, begin };
  const thread = new Worker(new URL('./mock-sites.ts', import.meta.url), { workerData });
  const urls = await new Promise<string[]>((resolve, reject) => thread.once('message', resolve).once('error', reject));
  return { urls, begin: () => thread.postMessage('begin'), close: () => thread.terminate() };
}

/** What somebody with a credential for each of 40 sites meets: one site hangs, two are slow, two are broken. */
export const fortySites: readonly Mood[] = Array.from({ length: 40 }, (_, index) =>
  index < 1 ? 'hung' : index < 3 ? 'slow' : index < 5 ? 'broken' : 'well',
);
