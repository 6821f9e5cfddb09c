import { setTimeout as pause } from 'node:timers/promises';
import { openTestApi, type TestApi } from '@/lib/api/fixtures';
import { writeEvents } from '@/lib/deploying/ledger/events';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import type { Figure } from './figure';
import { percentile } from './time';

const rounds = 60;

/** How long after its commit an event is at a reader of the stream, beside a bare notification of the database. */
export async function measureStreaming(): Promise<Figure[]> {
  const api = await openTestApi();
  try {
    const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
    const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Test', request, plan: clusterPlan(1) });
    const stream = await follow(api, id);
    const bare = new Arrivals();
    const unlisten = await api.store.listen('wake', (payload) => bare.note(payload));
    const times: { event: number[]; bare: number[] } = { event: [], bare: [] };
    for (let round = -5; round < rounds; round++) {
      const name = `round ${round};`;
      const event = { level: 'info' as const, stage: 'deployment' as const, subject: null, message: name };
      const arrived = stream.arrivals.of(name);
      await api.store.db.transaction().execute((trx) => writeEvents(api.store, trx, id, [event], api.clock.now()));
      const written = performance.now();
      const atReader = (await arrived) - written;
      const heard = bare.of(name);
      const began = performance.now();
      await api.store.db.selectNoFrom(api.store.telling('wake', name).as('told')).execute();
      const ofBare = (await heard) - began;
      if (round >= 0) {
        times.event.push(atReader);
        times.bare.push(ofBare);
      }
      await pause(2);
    }
    stream.close();
    await unlisten();
    const baseline = { name: 'bare NOTIFY', value: percentile(times.bare, 50) };
    const median = percentile(times.event, 50);
    return [
      {
        about: 'streaming',
        name: 'event committed → at its reader (median)',
        value: median,
        unit: 'ms',
        baseline,
        ratio: median / baseline.value,
      },
      { about: 'streaming', name: 'the same, 95 of 100 within', value: percentile(times.event, 95), unit: 'ms', limit: 300 },
    ];
  } finally {
    await api.store.close();
  }
}

/** When what was waited for came, in milliseconds of `performance.now`. */
class Arrivals {
  readonly #waiting = new Map<string, (at: number) => void>();

  of(name: string): Promise<number> {
    return new Promise((resolve) => this.#waiting.set(name, resolve));
  }

  note(text: string): void {
    const now = performance.now();
    for (const [name, resolve] of this.#waiting) {
      if (!text.includes(name)) continue;
      this.#waiting.delete(name);
      resolve(now);
    }
  }
}

async function follow(api: TestApi, id: string): Promise<{ arrivals: Arrivals; close(): void }> {
  const reader = new AbortController();
  const url = `http://transat.test/api/v1/deployments/${id}/events`;
  const headers = { ...api.as.owner, accept: 'text/event-stream' };
  const response = await api.raw(new Request(url, { headers, signal: reader.signal }));
  const arrivals = new Arrivals();
  const first = arrivals.of('event: event');
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) arrivals.note(decoder.decode(chunk, { stream: true }));
  })();
  reading.catch((error: unknown) => {
    if (!reader.signal.aborted) throw error;
  });
  await first;
  return { arrivals, close: () => reader.abort() };
}
