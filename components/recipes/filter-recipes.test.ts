import { describe, expect, it } from 'vitest';
import type { RecipeSummary } from '@/lib/catalog/types';
import { countTags, filterRecipes } from './filter-recipes';

const recipe = (id: string, name: string, tags: string[], summary = '', kind: RecipeSummary['kind'] = 'recipe'): RecipeSummary => ({
  id,
  name,
  version: '1.0.0',
  summary,
  tags,
  kind,
  extends: [],
  icon: '',
});
const all = [
  recipe('slurm', 'SLURM cluster', ['hpc', 'batch'], 'Batch jobs on many nodes'),
  recipe('jupyterhub', 'JupyterHub', ['notebooks'], 'Notebooks for a group, on a cluster'),
  recipe('docker', 'Docker', ['containers'], 'Containers on any node', 'add-on'),
];
const none = { text: '', tag: '', kind: '' };
const ids = (recipes: RecipeSummary[]) => recipes.map((each) => each.id);

describe('searching the catalogue', () => {
  it('shows all without a filter', () => expect(ids(filterRecipes(all, none))).toEqual(['slurm', 'jupyterhub', 'docker']));
  it('puts a match in the name before one in the summary', () =>
    expect(ids(filterRecipes([...all].reverse(), { ...none, text: 'cluster' }))).toEqual(['slurm', 'jupyterhub']));
  it('wants every word', () => expect(ids(filterRecipes(all, { ...none, text: 'notebooks batch' }))).toEqual([]));
  it('does not mind case and accents', () => expect(ids(filterRecipes(all, { ...none, text: 'JÚPYTER' }))).toEqual(['jupyterhub']));
  it('filters by tag and kind together with the text', () => {
    expect(ids(filterRecipes(all, { ...none, tag: 'hpc' }))).toEqual(['slurm']);
    expect(ids(filterRecipes(all, { text: 'node', tag: '', kind: 'add-on' }))).toEqual(['docker']);
  });
});

it('counts tags, the commonest first', () =>
  expect(countTags([...all, recipe('dask', 'Dask', ['batch'])])).toEqual([
    ['batch', 2],
    ['containers', 1],
    ['hpc', 1],
    ['notebooks', 1],
  ]));
