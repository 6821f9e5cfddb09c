import { get, write } from '@/components/api/client';
import { clusterPath } from '@/components/clusters/queries';
import type { List } from '@/lib/api/contract/common';
import type { DemoView } from '@/lib/api/contract/demo';
import type { NewPairBody, PairView } from '@/lib/api/contract/pairs';
import type { JobView, ServiceView } from '@/lib/api/contract/services';

type Standing = NonNullable<DemoView['stands']>;
type ServiceBody = NewPairBody['service'];

/** Seconds that a picture waits before it leaves: just enough to be seen to wait. */
const THRESHOLD_SECONDS = 10;
const active: readonly string[] = ['Pending', 'Running', 'Suspended'];

/** The service that looks for fish, on both shores. Pure. */
const fishService = (name: string): ServiceBody => ({
  name,
  image: 'transat/fish-detection:1',
  script: '#!/bin/sh\nfish-detection "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR"\n',
  cpu: '0.5',
  memory: '256Mi',
  input: [{ path: `${name}/in` }],
  output: [{ path: `${name}/out` }],
});

/** What takes nearly all of the one machine of Europe for some minutes. Pure. */
const fillerService = (name: string) => ({
  name,
  image: 'transat/wait:1',
  script: '#!/bin/sh\nsleep "$SECONDS"\n',
  cpu: '1.9',
  memory: '256Mi',
  variables: { SECONDS: '1500' },
});

/** The pair of a tour; null: there is none. Pure. */
export const pairOf = (pairs: readonly PairView[], stands: Standing) =>
  pairs.find(({ id, name, origin }) => id !== null && name === stands.service && origin.id === stands.origin.id) ?? null;

/**
 * Makes what a tour begins with, each thing by its own call of the API: its clusters, a pair of them, and what makes the first full. What is there is left as it is, so
 * that it can be done again.
 * @param told of each thing that was made
 * @throws ApiProblem
 */
export async function setUp(told: () => void): Promise<void> {
  const demo = await get<DemoView>('/demo');
  const stands = demo.stands ?? (await write<DemoView>('POST', '/demo')).stands;
  told();
  if (!stands) return;
  const { items } = await get<List<PairView>>('/pairs');
  if (!pairOf(items, stands)) {
    const body = {
      origin: stands.origin.id,
      worker: stands.worker.id,
      service: fishService(stands.service),
      thresholdSeconds: THRESHOLD_SECONDS,
    };
    await write('POST', '/pairs', { body });
  }
  told();
  await fill(stands);
  told();
}

async function fill({ origin, filler }: Standing): Promise<void> {
  const path = clusterPath(origin.id, 'services');
  const { items } = await get<List<ServiceView>>(path);
  if (!items.some(({ name }) => name === filler)) await write('POST', path, { body: fillerService(filler) });
  const jobs = clusterPath(origin.id, 'services', filler, 'jobs');
  const there = await get<List<JobView>>(jobs);
  if (!there.items.some(({ state }) => active.includes(state))) await write('POST', jobs, { body: { event: 'full' } });
}
