import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { labChoices } from '../lib/journey';
import { leftovers, login } from '../lib/lab';
import { withKey } from '../lib/shell';
import { ask } from './lab';

interface Rules {
  security_groups: {
    name: string;
    security_group_rules: { direction: string; port_range_min: number | null; remote_ip_prefix: string | null }[];
  }[];
}

/** Who is let in on the port at one of the sides, by what the cloud itself says. */
async function letIn(side: 'europe' | 'america', id: string, port: number): Promise<(string | null)[]> {
  const groups = (await (await ask('admin', 'network', 'GET', '/v2.0/security-groups')).json()) as Rules;
  const short = id.slice(id.indexOf('_') + 1).slice(0, 8);
  return groups.security_groups
    .filter(({ name }) => name === `${short}-sg-${side}`)
    .flatMap((group) => group.security_group_rules)
    .filter((rule) => rule.direction === 'ingress' && rule.port_range_min === port && rule.remote_ip_prefix?.endsWith('/32'))
    .map((rule) => rule.remote_ip_prefix);
}

/** Whether a connection is taken at an address, from this machine. */
async function reaches(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 3000 });
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      for (const end of ['timeout', 'error']) socket.once(end, () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

test('two machines in two projects, named as two sites, reach each other by their public addresses alone, and go without a trace', async ({
  baseURL,
}) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes two projects and some minutes: npm run test:openstack -- --full');
  const { api, on } = await withKey(baseURL, 'alice', 'shores');
  const west = await api.call<{ id: string }>('POST', '/credentials', {
    site: 'lab-west',
    name: `shores ${Date.now()}`,
    kind: 'password',
    username: 'stranger',
    password: 'lab-secret',
  });
  const { projectId } = await login('stranger', 'other');
  const choices = await labChoices(api, { credential: 'oidc:lab' });
  const machine = { flavor: choices.flavor('fast.small'), image: choices.image };
  const placement = {
    europe: { site: 'lab', credential: 'oidc:lab', ...machine },
    america: { site: 'lab-west', credential: west.id, project: projectId, ...machine },
  };
  const { id } = await api.deploy({ recipe: 'two-shores', name: 'journey shores', placement });
  try {
    await api.until(id, ['ready'], 400);
    const outputs = await api.outputs(id);
    expect(outputs.europe_latency).toMatch(/^\d+\.\d ms$/);
    expect(outputs.america_latency).toMatch(/^\d+\.\d ms$/);
    expect(await letIn('europe', id, 8765)).toEqual([`${outputs.america_address}/32`]);
    expect(await letIn('america', id, 8765)).toEqual([`${outputs.europe_address}/32`]);
    // and nobody else is: not even this machine
    const { run } = await on(id);
    expect(await run(`exec 3<>/dev/tcp/${outputs.america_address}/8765 && echo '?' >&3 && head -n 1 <&3`)).toContain('shore-america');
    expect(await reaches(String(outputs.america_address), 22)).toBe(true);
    expect(await reaches(String(outputs.america_address), 8765)).toBe(false);
  } finally {
    await api.delete(id);
    await api.until(id, ['deleted'], 300);
  }
  expect(await leftovers(id)).toEqual([]);
});
