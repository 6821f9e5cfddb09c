import { openTestApi, type TestApi } from '@/lib/api/fixtures';
import { encodeCursor } from '@/lib/api/http/paging';
import { refresh } from '@/lib/deploying/ledger/state/refresh';
import { createDeployment } from '@/lib/deploying/requests/create';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { tidy } from '@/lib/store/tidy';
import type { Figure } from './figure';
import { timeOf, timesOf } from './time';

const many = 5000;
const few = 50;

/** The deployments' list of somebody who has very many, beside that of somebody who has few; and one large deployment. */
export async function measureLists(): Promise<Figure[]> {
  const api = await openTestApi();
  try {
    await fill(api, 'owner', many);
    await fill(api, 'stranger', few);
    await tidy(api.store.db);
    const first = page(api, api.as.owner, '/deployments?limit=50');
    const last = many - few - 1;
    const deepCursor = encodeCursor([madeAt(api, last).toISOString(), idOf('owner', last)]);
    const [ofMany, ofFew] = await timesOf(first, page(api, api.as.stranger, '/deployments?limit=50'), 25);
    const [deep, again] = await timesOf(page(api, api.as.owner, `/deployments?limit=50&cursor=${deepCursor}`), first, 25);
    const search = await timeOf(page(api, api.as.owner, '/deployments?limit=50&q=none-is-called-so', 0), 15);
    return [
      compared('first page of 5,000 deployments', ofMany, { name: 'of 50', value: ofFew }, 2),
      { about: 'lists', name: 'first page of 5,000 deployments, on its own', value: ofMany, unit: 'ms', limit: 300 },
      compared('the last page of them', deep, { name: 'the first', value: again }, 2),
      { about: 'lists', name: 'a search through them that finds none', value: search, unit: 'ms', limit: 300 },
      ...(await oneLarge(api)),
    ];
  } finally {
    await api.store.close();
  }
}

function compared(name: string, value: number, baseline: { name: string; value: number }, limit: number): Figure {
  return { about: 'lists', name, value, unit: 'ms', baseline, ratio: value / baseline.value, limit };
}

function page(api: TestApi, headers: Record<string, string>, path: string, expected = 50) {
  return async () => {
    const response = await api.raw(new Request(`http://transat.test/api/v1${path}`, { headers }));
    const { items } = (await response.json()) as { items: unknown[] }; // the list's contract, which tests hold it to
    if (items.length !== expected) throw new Error(`${path} gave ${items.length} items, not ${expected}`);
  };
}

const idOf = (person: string, index: number) => `dep-${person}-${index}`;
const madeAt = ({ clock }: TestApi, index: number) => new Date(clock.now().getTime() - index * 60_000);

// Rows as createDeployment writes them, each with a plan of its real size.
async function fill(api: TestApi, person: string, count: number): Promise<void> {
  const plan = planDeployment(planningInput(builtIn.recipe('slurm'), { worker_count: 4 }));
  const text = JSON.stringify(plan);
  for (let from = 0; from < count; from += 100) {
    const rows = Array.from({ length: 100 }, (_, index) => from + index)
      .filter((index) => index < count)
      .map((index) => ({
        id: idOf(person, index),
        user_id: person,
        name: `Cluster ${index}`,
        state: 'ready' as const,
        recipe: plan.recipe.id,
        request: '{}',
        plan: text,
        sites: ['europe'],
        created_at: madeAt(api, index),
      }));
    await api.store.db.insertInto('deployments').values(rows).execute();
  }
}

async function oneLarge(api: TestApi): Promise<Figure[]> {
  const { ports } = api.services;
  const make = async (workers: number) => {
    const input = planningInput(builtIn.recipe('slurm'), { worker_count: workers });
    const plan = { ...planDeployment(input), problems: [] };
    return createDeployment(ports, { person: { id: 'stranger' }, name: 'Large', request: input.request, plan });
  };
  const [{ id: large }, { id: small }] = [await make(50), await make(2)];
  const get = (id: string) => async () => {
    const response = await api.raw(new Request(`http://transat.test/api/v1/deployments/${id}`, { headers: api.as.stranger }));
    if (response.status !== 200) throw new Error(`The deployment's page answered ${response.status}`);
    await response.text();
  };
  const derive = (id: string) => () => api.store.db.transaction().execute((trx) => refresh(api.store, trx, id, api.clock.now()));
  const [headOfLarge, headOfSmall] = await timesOf(get(large), get(small), 25);
  const [stateOfLarge, stateOfSmall] = await timesOf(derive(large), derive(small), 25);
  return [
    compared('head of a deployment of 51 nodes', headOfLarge, { name: '3 nodes', value: headOfSmall }, 8),
    compared('its state derived anew', stateOfLarge, { name: '3 nodes', value: stateOfSmall }, 10),
  ];
}
