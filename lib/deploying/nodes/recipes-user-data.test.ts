import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { createDeployment } from '../requests/create';
import { readUserData } from '../testing/fake-agent';
import { World } from '../testing/world';

const canary = (name: string) => `canary-of-${name}-4Zq7`;
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

/** What is public of a secret of several parts: only that may be seen. */
const shown = new Set(['public']);

/** The lines of a secret that are like those of no other: every key file in OpenSSH's form has the same frame. */
const linesOf = (value: string) =>
  value.split('\n').flatMap((line) => (line.length < 4 || /^-----|^b3BlbnNzaC1rZXktdjEA/.test(line) ? [] : [line.trim()]));

describe.each(builtIn.list())('the user data of $id', ({ id, extends: [parent] }) => {
  const recipe = parent === undefined ? builtIn.recipe(id) : builtIn.recipe(parent, [id]);
  const asked = recipe.detail.inputs.filter(({ required, secret }) => required || secret);
  const inputs = Object.fromEntries(asked.map(({ name, secret }) => [name, secret ? canary(name) : 'example']));

  test('holds no secret, and of what opens anything its one-time token and the host key of the first minutes alone', async () => {
    const world = new World(store);
    const plan = planDeployment(planningInput(recipe, inputs));
    plan.problems = [];
    for (const { key } of plan.nodes) world.silent.add(key);
    await world.person();
    const given = { person: { id: 'u1' }, name: id, plan, request: { recipe: id, addOns: [], inputs, placement: {} } };
    const deployment = (await createDeployment(world.ports, given)).id;
    await world.settle(deployment, 120);
    // the vault of the tests keeps secrets as they are
    const rows = await store.db.selectFrom('deployment_secrets').selectAll().where('deployment_id', '=', deployment).execute();
    const secrets = rows.flatMap(({ name, sealed }) => {
      const parts: Record<string, string> = JSON.parse(sealed.toString());
      return Object.entries(parts).flatMap(([part, value]) => (shown.has(part) ? [] : [{ name: `${name} ${part}`, value }]));
    });
    const servers = world.cloud.ofKind('server');
    expect({ servers: servers.length, some: secrets.length > 0 }).toEqual({ servers: plan.nodes.length, some: true });
    for (const { userData } of servers) {
      if (!(userData instanceof Secret)) throw new Error('a server without user data');
      const { text, config } = readUserData(userData);
      const found = secrets.filter(({ value }) => linesOf(value).some((line) => text.includes(line)));
      expect(found.map(({ name }) => name)).toEqual([]);
      expect(text).not.toMatch(/canary-of-/);
      for (const { script } of plan.nodes.flatMap(({ steps }) => steps)) expect(text).not.toContain(JSON.stringify(script).slice(1, 200));
      expect(Object.keys(config).toSorted()).toEqual(
        ['admission', 'callback', 'firewall', 'hostname', 'mounts', 'node', 'nodeId', 'peers', 'version'].toSorted(),
      );
    }
  });
});
