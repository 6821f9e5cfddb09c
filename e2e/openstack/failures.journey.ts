import { expect, test } from '@playwright/test';
import type { SiteView } from '@/lib/api/contract/sites';
import { Api, ApiError } from '../lib/api';
import { labChoices } from '../lib/journey';
import { flavorNoHostCarries, leftovers, tokenOf } from '../lib/lab';
import { ask } from './lab';

const where = { credential: 'oidc:lab' };

/** What every failure must tell: what happened, why or what the site said, and what to do. */
function expectExplained(problem: { title?: string; detail?: string; remedy?: string } | null | undefined): void {
  expect(problem?.title).toBeTruthy();
  expect(problem?.detail).toBeTruthy();
  expect(problem?.remedy).toBeTruthy();
}

test('a person whose VO the site does not map is told so, not just refused', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('carol'));
  const site = await api.call<SiteView>('GET', '/sites/lab');
  expect(site.access).toBe('denied');
  expect(site.reason?.code).toBe('vo-not-mapped');
  expectExplained(site.reason);
});

test('a dead identity endpoint is named as what it is', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const site = await api.call<SiteView>('GET', '/sites/lab-dead');
  expect(site.access).toBe('unreachable');
  expect(site.reason?.code).toBe('site-unreachable');
  expectExplained(site.reason);
});

test('an image that is not there stops the plan at its field, and nothing is stored', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = {
    recipe: 'virtual-machine',
    inputs: {},
    placement: { machine: { site: 'lab', ...where, image: '00000000-0000-0000-0000-000000000000' } },
  };
  const plan = await api.plan(body);
  const problem = plan.problems.find((candidate) => candidate.code === 'image-not-found');
  expect(problem?.field).toBe('placement.machine.image');
  expectExplained(problem);
  const refused = await api.deploy({ ...body, name: 'journey wrong image' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  const { items } = await api.call<{ items: { name: string }[] }>('GET', '/deployments?q=wrong%20image');
  expect(items).toEqual([]);
});

test('more than the quota is refused with the numbers before anything is made', async ({ baseURL }) => {
  // what figures that were broken off have left there
  const found = await (await ask('admin', 'identity', 'GET', '/projects?name=vo.lab.eu')).json();
  await ask('admin', 'compute', 'DELETE', `/os-quota-sets/${found.projects[0].id}`);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const { flavor, image } = await labChoices(api, where);
  const at = { site: 'lab', ...where, flavor: flavor('fake.xlarge'), image };
  const plan = await api.plan({
    recipe: 'slurm',
    inputs: { worker_count: 64, shared_home: 'none' },
    placement: { controller: at, workers: at },
  });
  const problem = plan.problems.find((candidate) => candidate.code === 'quota-exceeded');
  expect(problem?.severity).toBe('error');
  expect(problem?.detail).toMatch(/\d+.*\d+/);
  expectExplained(problem);
});

test('a server that ends in ERROR shows the cloud’s own words and what to do, and is deleted without a trace', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const nowhere = await flavorNoHostCarries();
  const { flavor, image } = await labChoices(api, where);
  const at = { site: 'lab', ...where, flavor: flavor(nowhere), image };
  const { id } = await api.deploy({ recipe: 'virtual-machine', name: 'journey no host', inputs: {}, placement: { machine: at } });
  try {
    const failed = await api.until(id, ['failed'], 600);
    expectExplained(failed.problem);
    expect(failed.problem?.upstream?.message).toMatch(/no valid host/i);
    expect(failed.actions.retry.allowed).toBe(true);
  } finally {
    await api.delete(id);
    await api.until(id, ['deleted'], 400);
  }
  expect(await leftovers(id)).toEqual([]);
});
