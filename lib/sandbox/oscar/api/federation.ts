import type { Answer, Call } from '../../http/call';
import { ask } from '../run/remote';
import type { ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { bodyOf, type Caller, json, refuse, text } from './call';
import { type Replica, readFederation, type ServiceBody } from './service-body';

export const ORIGIN = 'oscar.grycap/origin-cluster';

/** Who shares the work of a service: its members, in either form. */
export function membersOf(service: ServiceBody): Replica[] {
  return service.federation?.members ?? service.replicas ?? [];
}

/** GET, POST, PUT and DELETE of `/system/federation/:name`. OSCAR checks nothing here but that one has signed in. */
export async function federationOf(world: OscarWorld, _caller: Caller, call: Call): Promise<Answer> {
  const service = world.service(call.params.name ?? '');
  if (!service) throw refuse(404);
  if (call.method === 'GET') return shown(service);
  const read = readFederation(bodyOf(call, 'Invalid payload'));
  if ('fault' in read) throw refuse(400, `Invalid payload: ${read.fault}`);
  const wish = read.value;
  if (call.method !== 'DELETE' && !service.environment.secrets.refresh_token)
    throw refuse(400, 'refresh_token secret is required for federated services');
  const federation = service.federation ?? { group_id: '', topology: 'star', delegation: '', rescheduler_threshold: 0, members: [] };
  let members = [...(federation.members ?? [])];
  if (call.method === 'POST') {
    // one that is there already is there twice then
    members.push(...wish.members);
    if (federation.topology === '' || federation.topology === 'none') federation.topology = 'star';
    service.clusters = { ...service.clusters, ...wish.clusters };
    service.storage_providers = { ...service.storage_providers, ...wish.storage_providers };
  } else if (call.method === 'PUT') {
    const [change] = wish.update;
    members = members.map((one) => (change && wish.members.some((other) => same(one, other)) ? change : one));
  } else members = members.filter((one) => !wish.members.some((other) => same(one, other)));
  service.federation = { ...federation, members };
  world.changed();
  const warnings = await updateMembers(world, service, call.headers.authorization);
  if (call.method === 'DELETE' && wish.delete) world.state.services.splice(world.state.services.indexOf(service), 1);
  return warnings.length > 0 ? text(200, `Updated with federation warnings: [${warnings.join(' ')}]`) : shown(service);
}

/** Gives each member its worker: the same definition, overwriting what is there. @returns what went wrong */
export async function updateMembers(world: OscarWorld, service: ServiceRecord, authorization = ''): Promise<string[]> {
  const warnings: string[] = [];
  if (!world.abilities.federation) return warnings;
  for (const member of service.federation?.members ?? []) {
    if (member.type !== 'oscar') continue;
    const status = await sendWorker(world, service, member, authorization, 'PUT');
    if (status !== 204 && status !== 200) warnings.push(`${member.cluster_id}: ${status ?? 'unreachable'}`);
  }
  return warnings;
}

/** A service that is made with members is made at them, too; where one refuses, all is undone. */
export async function createOnMembers(world: OscarWorld, service: ServiceRecord, authorization = ''): Promise<void> {
  if (!world.abilities.federation) return;
  const made: Replica[] = [];
  for (const member of service.federation?.members ?? []) {
    if (member.type !== 'oscar') continue;
    const status = await sendWorker(world, service, member, authorization, 'POST');
    made.push(member);
    if (status === 201) continue;
    // upstream's undoing takes away what was there before, too
    const undone = world.state.settings.upstreamBugs ? made : made.slice(0, -1);
    for (const one of undone)
      await ask(world, `${endpointOf(service, one)}/system/services/${one.service_name}`, { method: 'DELETE', headers: { authorization } });
    throw refuse(status === 401 ? 401 : 400, `Error creating the service in ${member.cluster_id}: ${status ?? 'unreachable'}`);
  }
}

async function sendWorker(
  world: OscarWorld,
  service: ServiceRecord,
  member: Replica,
  authorization: string,
  method: string,
): Promise<number | null> {
  const { token: _token, webhookToken: _heard, owner: _owner, createdAt: _made, federation, ...rest } = service;
  const worker = {
    ...rest,
    name: member.service_name,
    cluster_id: member.cluster_id,
    annotations: { ...rest.annotations, [ORIGIN]: service.cluster_id },
    federation: { ...federation, topology: 'none', members: [] },
  };
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await ask(world, `${endpointOf(service, member)}/system/services`, { method, headers, body: JSON.stringify(worker) });
  return answer?.status ?? null;
}

const endpointOf = (service: ServiceRecord, { cluster_id }: Replica) =>
  (service.clusters?.[cluster_id]?.endpoint ?? '').replace(/\/+$/, '');

const same = (one: Replica, other: Replica) =>
  one.type === other.type && one.cluster_id === other.cluster_id && one.service_name === other.service_name;

function shown({ federation }: ServiceRecord): Answer {
  const members = federation?.members?.length ? federation.members : null;
  return json({ topology: federation?.topology || 'none', members });
}
