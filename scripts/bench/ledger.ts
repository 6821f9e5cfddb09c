import { sql } from 'kysely';
import { openTestApi, type TestApi } from '@/lib/api/fixtures';
import { encodeCursor } from '@/lib/api/http/paging';
import { tidy } from '@/lib/store/tidy';
import type { Figure } from './figure';
import { percentile } from './time';

const many = 100_000;
const runs = 40;

/** The job ledger of somebody who has very many jobs: its first page, one deep inside, and filtered ones. */
export async function measureLedger(): Promise<Figure[]> {
  const api = await openTestApi();
  try {
    await fill(api);
    await tidy(api.store.db);
    const middle = encodeCursor([madeAt(api, many / 2).toISOString(), idOf(many / 2)]);
    const figures: Figure[] = [];
    for (const [name, query] of [
      ['first page of 100,000 jobs, p95', ''],
      ['a page in the middle of them, p95', `&cursor=${middle}`],
      ['those that crossed, p95', '&crossed=true'],
      ['those that failed, one in a thousand, p95', '&state=Failed'],
      ['those of one cluster, p95', '&cluster=clu_us'],
    ] as const) {
      figures.push({ about: 'ledger', name, value: await p95(page(api, `/jobs?limit=50${query}`)), unit: 'ms', limit: 100 });
    }
    return figures;
  } finally {
    await api.store.close();
  }
}

async function p95(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = -3; run < runs; run++) {
    const began = performance.now();
    await work();
    if (run >= 0) times.push(performance.now() - began);
  }
  return percentile(times, 95);
}

function page(api: TestApi, path: string) {
  return async () => {
    const response = await api.raw(new Request(`http://transat.test/api/v1${path}`, { headers: api.as.owner }));
    const { items } = (await response.json()) as { items: unknown[] }; // the list's contract, which tests hold it to
    if (items.length !== 50) throw new Error(`${path} gave ${items.length} jobs, not 50`);
  };
}

const idOf = (index: number) => `job_${String(index).padStart(7, '0')}`;
const madeAt = ({ clock }: TestApi, index: number) => new Date(clock.now().getTime() - index * 1000);

// Rows as they are followed, made by the database itself: two of three cross, one of a thousand fails.
async function fill(api: TestApi): Promise<void> {
  const now = api.clock.now();
  await sql`
    insert into jobs (id, user_id, pair_id, service, origin_id, origin_name, ran_id, ran_name, state, crossed, why, object, submitted_at,
      started_at, finished_at, bytes_over, seen, results, settled)
    select 'job_' || lpad(n::text, 7, '0'), 'owner', 'pair_fish', 'fish', 'clu_eu', 'Europe',
      case when n % 3 > 0 then 'clu_us' else 'clu_eu' end, case when n % 3 > 0 then 'America' else 'Europe' end,
      case when n % 1000 = 0 then 'Failed' else 'Succeeded' end, n % 3 > 0, case when n % 3 > 0 then 'wait' end,
      'fish/in/picture-' || n || '.png', at, at, at, 240000,
      jsonb_build_array(jsonb_build_object('cluster', 'clu_eu', 'name', 'fish-' || n, 'state', 'Succeeded', 'createdAt', at, 'startedAt', at, 'finishedAt', at)),
      jsonb_build_array(jsonb_build_object('cluster', 'clu_eu', 'bucket', 'fish', 'key', 'out/picture-' || n || '.png', 'bytes', 120000, 'etag', 'e')),
      true
    from generate_series(0, ${many - 1}::int) as n, lateral (select ${now}::timestamptz - n * interval '1 second' as at) as moment
  `.execute(api.store.db);
}
