import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Figure, holds, table } from '../bench/figure';
import { root } from '../lib/shell';

// The figures of docs/figures.md. Names of parts as arguments measure only those.
const parts: [name: string, load: () => Promise<() => Promise<Figure[]>>][] = [
  ['planning', async () => (await import('../bench/planning')).measurePlanning],
  ['leases', async () => (await import('../bench/leases')).measureLeases],
  ['deciding', async () => (await import('../bench/deciding')).measureDeciding],
  ['ledger', async () => (await import('../bench/ledger')).measureLedger],
  ['following', async () => (await import('../bench/following')).measureFollowing],
  ['uploading', async () => (await import('../bench/uploading')).measureUploading],
  ['lists', async () => (await import('../bench/lists')).measureLists],
  ['streaming', async () => (await import('../bench/streaming')).measureStreaming],
  ['secrets', async () => (await import('../bench/secrets')).measureSecrets],
  ['sites', async () => (await import('../bench/sites')).measureSites],
  ['sites-on-screen', async () => (await import('../bench/sites-on-screen')).measureSitesOnScreen],
  ['calendar', async () => (await import('../bench/calendar')).measureCalendar],
  ['screens', async () => (await import('../bench/screens')).measureScreens],
  ['memory', async () => (await import('../bench/memory')).measureMemory],
  ['engine', async () => (await import('../bench/engine')).measureEngine],
  ['workers', async () => (await import('../bench/engine')).measureWorkers],
  ['idle', async () => (await import('../bench/idle')).measureIdle],
  ['lab', async () => (await import('../bench/lab')).measureLab],
  ['starting', async () => (await import('../bench/starting')).measureStarting],
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some(([part]) => part === name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${parts.map(([name]) => name).join(', ')}.`);
  process.exit(2);
}
process.chdir(root);
const figures: Figure[] = [];
for (const [name, load] of parts) {
  // what needs a cloud of its own is measured by name only
  if (wanted.length > 0 ? !wanted.includes(name) : name === 'lab') continue;
  console.log(`Measuring ${name} …`);
  const measure = await load();
  figures.push(...(await measure()));
}
const over = figures.filter((figure) => holds(figure) === false);
const results = join(root, 'test-results');
mkdirSync(results, { recursive: true });
const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
writeFileSync(join(results, 'bench-results.json'), `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`);
console.log(`\n${table(figures)}\n`);
console.log(`${figures.length} figures, ${over.length} over their limit; also in test-results/bench-results.json`);
process.exit(over.length === 0 ? 0 : 1);
