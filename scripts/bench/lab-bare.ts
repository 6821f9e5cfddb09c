import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { login } from '../../e2e/lib/lab';

/** Projects of the lab in which is measured: of the people's virtual organisation, and another for the loop beside. */
const measured = ['vo.lab.eu', 'other'];

/** As many as Transat lets be under way at a site at once. */
const atOnce = 8;

type Ask = <T>(service: string, method: string, path: string, body?: unknown) => Promise<T>;

/** Calls to the lab past Transat, by one token. */
async function asker(name = 'stranger', project = 'other'): Promise<Ask> {
  const { token, catalog } = await login(name, project);
  return async <T>(service: string, method: string, path: string, body?: unknown) => {
    const url = catalog.find((entry) => entry.type === service)?.endpoints.find((each) => each.interface === 'public')?.url;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json', 'OpenStack-API-Version': 'compute 2.3' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok && answer.status !== 404) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    // what OpenStack's own documentation promises of each call
    return (text === '' ? null : JSON.parse(text)) as T;
  };
}

/** Gives the projects that are measured room for so many servers, whatever else stands in them. @returns what lets the site's own quotas hold again */
export async function makeRoom(count: number): Promise<() => Promise<void>> {
  const ask = await asker('admin', 'admin');
  const { projects } = await ask<{ projects: { id: string; name: string }[] }>('identity', 'GET', '/projects');
  const ids = projects.filter(({ name }) => measured.includes(name)).map(({ id }) => id);
  for (const id of ids) {
    const room = { instances: 4 * count, cores: 16 * count, ram: 65_536 * count };
    await ask('compute', 'PUT', `/os-quota-sets/${id}`, { quota_set: room });
    await ask('network', 'PUT', `/v2.0/quotas/${id}`, { quota: { port: 10 * count } });
  }
  return async () => {
    for (const id of ids) {
      await ask('compute', 'DELETE', `/os-quota-sets/${id}`);
      await ask('network', 'DELETE', `/v2.0/quotas/${id}`);
    }
  };
}

/** A server as the lab's administrator sees it. */
export interface Machine {
  id: string;
  name: string;
  status: string;
  /** base64 */
  userData: string;
}

/** The servers of a deployment, as Nova has them. */
export async function serversOf(deployment: string): Promise<Machine[]> {
  const ask = await asker('admin', 'admin');
  const short = deployment.slice(deployment.indexOf('_') + 1).slice(0, 8);
  const path = `/servers/detail?all_tenants=1&limit=500&name=${short}-server`;
  const { servers } = await ask<{ servers: (Named & Record<string, string>)[] }>('compute', 'GET', path);
  return servers.map(({ id, name = '', status, 'OS-EXT-SRV-ATTR:user_data': userData = '' }) => ({ id, name, status, userData }));
}

interface Named {
  id: string;
  status: string;
}

/**
 * What somebody would write who wants so many servers of a flavor on a network of their own, later as many again, and nothing else.
 * @param userDataLength characters of base64 that each is sent out with: Nova carries them through all that it does for a server
 * @returns milliseconds until all are active, until as many more are, and until all is gone
 */
export async function bareServers(
  count: number,
  flavor: string,
  image: string,
  userDataLength: number,
): Promise<{ madeMs: number; grownMs: number; goneMs: number }> {
  const ask = await asker();
  const name = `bare-${Date.now()}`;
  const userData = randomBytes(Math.floor(userDataLength / 4) * 3).toString('base64');
  const { networks } = await ask<{ networks: Named[] }>('network', 'GET', '/v2.0/networks?router:external=true');
  const began = performance.now();
  const { network } = await ask<{ network: Named }>('network', 'POST', '/v2.0/networks', { network: { name } });
  const { subnet } = await ask<{ subnet: Named }>('network', 'POST', '/v2.0/subnets', {
    subnet: { name, network_id: network.id, ip_version: 4, cidr: '10.77.0.0/16' },
  });
  const { router } = await ask<{ router: Named }>('network', 'POST', '/v2.0/routers', {
    router: { name, external_gateway_info: { network_id: networks[0]?.id } },
  });
  await ask('network', 'PUT', `/v2.0/routers/${router.id}/add_router_interface`, { subnet_id: subnet.id });
  const { security_group: group } = await ask<{ security_group: Named }>('network', 'POST', '/v2.0/security-groups', {
    security_group: { name },
  });
  const made: { server: string; port: string }[] = [];
  const make = async () => {
    const { port } = await ask<{ port: Named }>('network', 'POST', '/v2.0/ports', {
      port: { name, network_id: network.id, security_groups: [group.id] },
    });
    const { server } = await ask<{ server: Named }>('compute', 'POST', '/servers', {
      server: { name, flavorRef: flavor, imageRef: image, networks: [{ port: port.id }], user_data: userData },
    });
    made.push({ server: server.id, port: port.id });
  };
  const list = async () => (await ask<{ servers: Named[] }>('compute', 'GET', `/servers/detail?name=${name}&limit=500`)).servers;
  const untilActive = async (wanted: number) => {
    while ((await list()).filter(({ status }) => status === 'ACTIVE').length < wanted) await sleep(1000);
  };
  await inTurns(count, make);
  await untilActive(count);
  const madeMs = performance.now() - began;

  // a site takes longer for each the more stand there
  const grown = performance.now();
  await inTurns(count, make);
  await untilActive(2 * count);
  const grownMs = performance.now() - grown;

  const ended = performance.now();
  await inTurns(made.length, (index) => ask('compute', 'DELETE', `/servers/${made[index]?.server}`));
  while ((await list()).length > 0) await sleep(1000);
  await inTurns(made.length, (index) => ask('network', 'DELETE', `/v2.0/ports/${made[index]?.port}`));
  await ask('network', 'PUT', `/v2.0/routers/${router.id}/remove_router_interface`, { subnet_id: subnet.id });
  await ask('network', 'DELETE', `/v2.0/routers/${router.id}`);
  await ask('network', 'DELETE', `/v2.0/networks/${network.id}`);
  await ask('network', 'DELETE', `/v2.0/security-groups/${group.id}`);
  return { madeMs, grownMs, goneMs: performance.now() - ended };
}

/** Does it for each number below `count`, so many at once. */
async function inTurns(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
