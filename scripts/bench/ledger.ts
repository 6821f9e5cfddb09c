import { openTestApi, type TestApi } from '@/lib/api/fixtures';
import { encodeCursor } from '@/lib/api/http/paging';
import { tidy } from '@/lib/store/tidy';
import type { Figure } from './figure';
import { percentile } from './time';

const many = 100_000;
const slice = 5000;
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

// Rows as they are followed: two of three cross, one of a thousand fails.
async function fill(api: TestApi): Promise<void> {
  for (let from = 0; from < many; from += slice) {
    const rows = Array.from({ length: slice }, (_, offset) => {
      const index = from + offset;
      const crossed = index % 3 > 0;
      const at = madeAt(api, index);
      const seen = (cluster: string) => ({
        cluster,
        name: `fish-${index}`,
        state: 'Succeeded',
        createdAt: at,
        startedAt: at,
        finishedAt: at,
      });
      const result = (cluster: string) => ({ cluster, bucket: 'fish', key: `out/picture-${index}.png`, bytes: 120_000, etag: 'e' });
      const sides = crossed ? ['clu_eu', 'clu_us'] : ['clu_eu'];
      return {
        id: idOf(index),
        user_id: 'owner',
        pair_id: 'pair_fish',
        service: 'fish',
        origin_id: 'clu_eu',
        origin_name: 'Europe',
        ran_id: crossed ? 'clu_us' : 'clu_eu',
        ran_name: crossed ? 'America' : 'Europe',
        state: index % 1000 === 0 ? ('Failed' as const) : ('Succeeded' as const),
        crossed,
        why: crossed ? ('wait' as const) : null,
        object: `fish/in/picture-${index}.png`,
        submitted_at: at,
        started_at: at,
        finished_at: at,
        bytes_over: crossed ? 240_000 : 0,
        seen: JSON.stringify(sides.map(seen)),
        results: JSON.stringify(sides.map(result)),
        settled: true,
      };
    });
    for (let at = 0; at < rows.length; at += 1000)
      await api.store.db
        .insertInto('jobs')
        .values(rows.slice(at, at + 1000))
        .execute();
  }
}
