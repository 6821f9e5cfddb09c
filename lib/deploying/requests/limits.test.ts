import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestStore } from '@/lib/store/test-store';
import { clusterOf, proposalFor } from '../testing/changed-plan';
import { clusterPlan } from '../testing/fixture-plan';
import { World } from '../testing/world';
import { requestAction } from './request-action';
import { beginChange } from './update/begin';

let world: World;
beforeEach(async () => {
  world = new World(await openTestStore());
});
afterEach(() => world.ports.store.close());
const limited = (limits: World['ports']['limits']) => {
  world.ports.limits = limits;
};
const refused = (title: RegExp, detail: RegExp) => ({
  code: 'quota-exceeded',
  title: expect.stringMatching(title),
  detail: expect.stringMatching(detail),
});

describe('an operator’s limit', () => {
  test('of nodes a person lets in as many as it says, and refuses one more with the numbers', async () => {
    limited({ nodesPerPerson: 5 });
    await world.deploy(clusterPlan(1));
    await expect(world.deploy(clusterPlan(3))).rejects.toMatchObject(
      refused(/one person/, /have 5 nodes at once\. You have 2, and this adds 4\./),
    );
    await world.deploy(clusterPlan(2));
    await expect(world.deploy(clusterPlan(0))).rejects.toMatchObject(refused(/one person/, /You have 5, and this adds 1\./));
    expect(await world.ports.store.db.selectFrom('deployments').select('id').execute()).toHaveLength(2);
  });

  test('of nodes a project counts those of everybody there, and none elsewhere', async () => {
    limited({ nodesPerProject: 3 });
    const id = await world.deploy(clusterPlan(1));
    await world.ports.store.db
      .insertInto('users')
      .values({ id: 'u2', issuer: 'https://op', subject: 's2', provider: 'op', name: 'Bob', created_at: world.clock.now() })
      .execute();
    await world.ports.store.db.updateTable('deployments').set({ user_id: 'u2' }).where('id', '=', id).execute();
    await expect(world.deploy(clusterPlan(1))).rejects.toMatchObject(
      refused(/one project/, /have 3 nodes at once\. At lab this one has 2, and this adds 2\./),
    );
    await world.deploy(clusterPlan(2, 'another'));
  });

  test('frees the place of what is gone, not of what is on its way', async () => {
    limited({ nodesPerPerson: 2 });
    const id = await world.deploy(clusterPlan(1));
    await world.settle(id);
    await requestAction(world.ports, id, { action: 'delete' });
    await expect(world.deploy(clusterPlan(1))).rejects.toMatchObject(refused(/one person/, /You have 2/));
    expect(await world.settle(id)).toBe('deleted');
    await world.deploy(clusterPlan(1));
  });

  test('holds for a change that adds, not for one that takes away', async () => {
    const id = await world.deploy(clusterOf(1, 2));
    await world.settle(id);
    limited({ nodesPerPerson: 2, nodesPerProject: 3 });
    const change = async (...workers: number[]) => {
      const { deployment } = await world.ledger(id);
      await beginChange(world.ports, id, proposalFor(deployment.plan, clusterOf(...workers)), {
        by: { id: 'u1', name: 'Ada' },
        revision: deployment.revision,
      });
    };
    await expect(change(1, 2, 3)).rejects.toMatchObject(refused(/one person/, /You have 3, and this adds 1\./));
    limited({ nodesPerProject: 3 });
    await expect(change(1, 2, 3)).rejects.toMatchObject(refused(/one project/, /has 3, and this adds 1\./));
    await change(1);
    expect(await world.settle(id)).toBe('ready');
  });

  test('is not there where none is set', async () => {
    limited({});
    await world.deploy(clusterPlan(6));
  });
});
