import { resolve } from 'node:path';
import { loadCatalog } from '@/lib/catalog/catalog';
import { checkInputs } from '@/lib/catalog/form/check-inputs';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { root } from '../lib/shell';
import { type Figure, perUnit } from './figure';
import { timeOf, timesOf } from './time';

/** Reading the recipes, checking a form, and planning a small and a large cluster. */
export async function measurePlanning(): Promise<Figure[]> {
  const slurm = builtIn.recipe('slurm');
  const workers = (count: number) => planningInput(slurm, { worker_count: count });
  const [small, large] = [workers(2), workers(50)];
  const [ms, msOfFew] = await timesOf(
    () => planDeployment(large),
    () => planDeployment(small),
    40,
  );
  const plan = planDeployment(large);
  if (plan.nodes.length !== 51) throw new Error(`The large plan has ${plan.nodes.length} nodes, not 51`);
  const [withForm, parse] = await timesOf(
    () => checkInputs(slurm.detail, large.request.inputs),
    () => JSON.parse(JSON.stringify(slurm.detail.inputs)),
    200,
  );
  const bytes = JSON.stringify(plan).length;
  return [
    {
      about: 'planning',
      name: 'all recipes read',
      value: await timeOf(() => loadCatalog([resolve(root, 'recipes')]).list(), 7),
      unit: 'ms',
      limit: 1500,
    },
    {
      about: 'planning',
      name: 'a form checked',
      value: withForm,
      unit: 'ms',
      baseline: { name: 'its JSON read and written', value: parse },
      ratio: withForm / parse,
      limit: 20,
    },
    perUnit('planning', 'SLURM with 50 workers planned, by node', { many: 51, few: 3, ms, msOfFew }, 2.5),
    { about: 'planning', name: 'that plan as JSON', value: bytes / 1024, unit: 'KiB' },
  ];
}
