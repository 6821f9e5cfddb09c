import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root, run } from './shell';

const scripts = resolve(root, process.env.TRANSAT_LAB ?? '../shared/openstack-lab');
const state = process.env.LAB_DIR ?? '/var/lib/openstack-lab';

/**
 * Brings up the real OpenStack of the tests, and its mirror of Kubernetes where that has been built before.
 * @returns whether the OpenStack is up; if not, that is said loudly
 */
export async function bringUpLab(): Promise<boolean> {
  const up = join(scripts, 'up');
  if (!existsSync(up) || !(await succeeds(up))) {
    console.error('\n########################################################################');
    console.error(`# NO REAL OPENSTACK: the lab at ${scripts} could not be brought up.`);
    console.error('# The contract and the journeys did NOT run against a real OpenStack.');
    console.error('########################################################################\n');
    return false;
  }
  // building it takes half an hour, starting what was built takes seconds
  if (existsSync(join(state, 'mirror/pushed'))) await succeeds(join(scripts, 'mirror/up'));
  await warmUp();
  return true;
}

async function succeeds(script: string): Promise<boolean> {
  return (await run('bash', [script]).catch(() => 1)) === 0;
}

/**
 * Has every process of the network service answer about something else before it is asked for ports: one that has just
 * started answers that with 500 until then, and Nova fails by it. Ends when no process does so any more, or after a while.
 */
async function warmUp(): Promise<void> {
  const login = await fetch('http://127.0.0.1:5000/v3/auth/tokens', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user: admin } }, scope: { project: adminProject } } }),
  });
  const token = login.headers.get('x-subject-token') ?? '';
  for (let round = 0; round < 20; round += 1) {
    await askAll('networks', token);
    if (await askAll('ports', token)) return;
  }
  console.error('The network service of the lab still answers with faults; journeys may fail by it.');
}

/** The processes share one listening socket: many connections at once reach each of them. @returns whether all went well */
async function askAll(what: string, token: string): Promise<boolean> {
  const headers = { 'X-Auth-Token': token, Connection: 'close' };
  const ask = () =>
    fetch(`http://127.0.0.1:9696/v2.0/${what}?limit=1`, { headers }).then(
      ({ ok }) => ok,
      () => false,
    );
  return (await Promise.all(Array.from({ length: 60 }, ask))).every(Boolean);
}

const domain = { name: 'Default' };
const adminProject = { name: 'admin', domain };
const admin = { name: 'admin', domain, password: 'lab-secret' };
