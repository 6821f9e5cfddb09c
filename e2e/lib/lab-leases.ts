import { type Login, login } from './lab';

const short = (deploymentId: string) => deploymentId.slice(deploymentId.indexOf('_') + 1).slice(0, 8);

async function call<T>({ token, catalog }: Login, service: string, path: string, body?: object): Promise<{ status: number; value: T }> {
  const url = catalog.find((entry) => entry.type === service)?.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
  const answer = await fetch(`${url}${path}`, {
    method: body ? 'PUT' : 'GET',
    headers: { 'X-Auth-Token': token, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, value: (await answer.json()) as T }; // as the service's API says
}

interface ServerSeen {
  id: string;
  name: string;
  'OS-EXT-SRV-ATTR:host': string | null;
}
interface LeaseSeen {
  id: string;
  name: string;
  status: string;
}

async function serversOf(deploymentId: string): Promise<ServerSeen[]> {
  const { value } = await call<{ servers: ServerSeen[] }>(
    await login('admin', 'admin'),
    'compute',
    `/servers/detail?all_tenants=1&name=${short(deploymentId)}`,
  );
  return value.servers;
}

/** The hosts of leased hardware on which servers of a deployment run, as Nova tells its administrator. */
export async function metalOf(deploymentId: string): Promise<string[]> {
  const hosts = (await serversOf(deploymentId)).flatMap((server) => server['OS-EXT-SRV-ATTR:host'] ?? []);
  return hosts.filter((host) => host.startsWith('lab-metal')).sort();
}

/** The lease that a deployment made, as Blazar tells its administrator. */
export async function leaseMadeBy(deploymentId: string): Promise<LeaseSeen> {
  const { value } = await call<{ leases: LeaseSeen[] }>(await login('admin', 'admin'), 'reservation', '/leases');
  const found = value.leases.find(({ name }) => name.startsWith(short(deploymentId)));
  if (!found) throw new Error(`Blazar lists no lease of ${deploymentId}`);
  return found;
}

/** Lets a lease end after so many minutes, as somebody does who changes it past Transat. @returns its new end */
export async function endLeaseIn(leaseId: string, minutes: number): Promise<Date> {
  const end = new Date(Math.floor(Date.now() / 60_000 + minutes) * 60_000);
  const body = { end_date: end.toISOString().slice(0, 16).replace('T', ' ') };
  const { status, value } = await call(await login('admin', 'admin'), 'reservation', `/leases/${leaseId}`, body);
  if (status !== 200) throw new Error(`The lease could not be changed: ${status} ${JSON.stringify(value)}`);
  return end;
}

/** Whether Blazar has a lease in the times of any host. */
export async function holdsHosts(leaseId: string): Promise<boolean> {
  const { value } = await call<object>(await login('admin', 'admin'), 'reservation', '/os-hosts/allocations');
  return JSON.stringify(value).includes(leaseId);
}

/** What the project `other` sees at the lab of a deployment: the names in its lists of servers and leases, and what it is answered for a server's id. */
export async function seenByOthers(deploymentId: string): Promise<{ listed: string[]; server: number }> {
  const stranger = await login('stranger', 'other');
  const [first] = await serversOf(deploymentId);
  const { servers } = (await call<{ servers: ServerSeen[] }>(stranger, 'compute', '/servers/detail')).value;
  const { leases } = (await call<{ leases: LeaseSeen[] }>(stranger, 'reservation', '/leases')).value;
  const names = [...servers, ...leases].map(({ name }) => name);
  return {
    listed: names.filter((name) => name.startsWith(short(deploymentId))),
    server: (await call(stranger, 'compute', `/servers/${first?.id}`)).status,
  };
}
