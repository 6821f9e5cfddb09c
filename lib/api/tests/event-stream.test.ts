import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeEvents } from '@/lib/deploying/ledger/events';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await openTestApi();
  const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
  ({ id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'Test', request, plan: clusterPlan(1) }));
});
afterAll(() => api.store.close());

interface Message {
  id: number;
  event: string;
  data: { message: string };
}

async function* follow(path: string, headers: Record<string, string> = {}): AsyncGenerator<Message> {
  const reader = new AbortController();
  const url = `http://transat.test/api/v1/deployments/${id}${path}`;
  const response = await api.raw(new Request(url, { headers: { ...api.as.owner, ...headers }, signal: reader.signal }));
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        if (fields.has('data'))
          yield { id: Number(fields.get('id')), event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? '') };
      }
    }
  } finally {
    reader.abort();
  }
}

async function say(message: string): Promise<void> {
  const event = { level: 'info' as const, stage: 'deployment' as const, subject: null, message };
  await api.store.db.transaction().execute((trx) => writeEvents(api.store, trx, id, [event], api.clock.now()));
}

const live = { accept: 'text/event-stream' };

test('a stream gives what there is, then what comes; a reader who comes back misses nothing and gets nothing twice', async () => {
  await say('one');
  const first = follow('/events', live);
  const start = (await first.next()).value as Message;
  expect(start).toMatchObject({ event: 'event', data: { message: expect.stringContaining('was asked for') } });
  const one = (await first.next()).value as Message;
  expect(one.data.message).toBe('one');
  const two = first.next();
  await say('two');
  expect(((await two).value as Message).data.message).toBe('two');
  await first.return(undefined);
  await say('three');
  const again = follow('/events', { ...live, 'last-event-id': String(one.id) });
  expect([((await again.next()).value as Message).data.message, ((await again.next()).value as Message).data.message]).toEqual([
    'two',
    'three',
  ]);
  await again.return(undefined);
});

test('the log is followed node by node, from its last lines on', async () => {
  const line = (node: string, text: string) =>
    api.store.db.insertInto('log_lines').values({ deployment_id: id, node, step: 's', at: api.clock.now(), text }).execute();
  await line('other', 'not this');
  await line('front-end', 'this');
  const log = follow('/log?node=front-end&follow=true');
  expect((await log.next()).value).toMatchObject({ event: 'log', data: { text: 'this' } });
  await log.return(undefined);
});

test('as a list, events come in pages', async () => {
  const page = await api.call('GET', `/deployments/${id}/events?limit=2`, api.as.owner);
  expect(page.json.items).toHaveLength(2);
  const next = await api.call('GET', `/deployments/${id}/events?limit=2&cursor=${page.json.next}`, api.as.owner);
  expect(next.json.items[0].id).toBeGreaterThan(page.json.items[1].id);
});
