import { parentPort, workerData } from 'node:worker_threads';
import { type SmallCloud, smallCloud, token } from '@/lib/openstack/testing/small-cloud';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import { answers, type Mood } from './mock-answers';
import type { MockSites } from './open-sites';

async function open(mood: Mood, index: number): Promise<SmallCloud> {
  const random = dice(index + 1);
  const answer = (reply: Reply | ((request: Seen) => Reply)) => async (request: Seen) => {
    if (!begun) return typeof reply === 'function' ? reply(request) : reply;
    await new Promise((resolve) => setTimeout(resolve, delayOf(mood, random)));
    if (mood === 'broken') return { status: 503, text: '<h1>Service Unavailable</h1>' };
    return mood === 'hung' ? 'hang' : typeof reply === 'function' ? reply(request) : reply;
  };
  const lists = Object.fromEntries(Object.entries(answers).map(([path, json]) => [`GET ${path}`, answer({ json })]));
  const cloud: SmallCloud = await smallCloud({ ...lists, 'POST /v3/auth/tokens': answer((request) => token(cloud, request)) });
  return cloud;
}

// Milliseconds until an answer: what sites on two continents take.
function delayOf(mood: Mood, random: () => number): number {
  return mood === 'slow' ? 2000 : 40 + random() * 120;
}

function dice(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

// In a thread of its own, so that what the sites do does not count as the product's work.
const { moods, begin } = workerData as MockSites; // from open-sites.ts
/** Until then all sites are well, and answer at once. */
let begun = begin;
parentPort?.on('message', () => {
  begun = true;
});
const clouds = await Promise.all(moods.map(open));
parentPort?.postMessage(clouds.map(({ endpoint }) => endpoint.authUrl));
