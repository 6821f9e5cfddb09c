import { createHash, timingSafeEqual } from 'node:crypto';
import type { Call } from '../../http/call';
import type { ServiceRecord } from '../state';
import { type OscarWorld, ROOT_USER } from '../world';
import { basicOf, bearerOf, type Caller, refuse } from './call';

/**
 * Who calls `/system/…`: with the cluster's password, or with an access token of a provider and a virtual organisation that the cluster
 * believes. Whoever comes with a token for the first time gets a user of MinIO.
 * @throws Refusal 401
 */
export async function callerOf(world: OscarWorld, call: Call): Promise<Caller> {
  const token = bearerOf(call.headers);
  if (token && world.definition.oidc) {
    const caller = await knownByToken(world, token);
    if (!caller) throw refuse(401);
    if (world.state.users[caller.uid] === undefined) {
      world.state.users[caller.uid] = digest(`${world.state.minioPassword}/${caller.uid}`).slice(0, 40);
      world.changed();
    }
    return caller;
  }
  const basic = basicOf(call.headers);
  if (basic && basic.user === 'oscar' && same(basic.password, world.state.password)) return { uid: ROOT_USER, admin: true, name: 'oscar' };
  const refused = refuse(401);
  refused.answer.headers = { 'www-authenticate': 'Basic realm="Authorization Required"' };
  throw refused;
}

/**
 * Who may start jobs of a service: by the service's own token, or by an access token. The password does not count here.
 * @throws Refusal 401, also for a service's token where no service is of that name; 403; 404, also for what one may not see
 */
export async function runnerOf(world: OscarWorld, call: Call, name: string): Promise<{ service: ServiceRecord; uid: string }> {
  const token = bearerOf(call.headers);
  const service = world.service(name);
  // up to 3.7 whether there is one is told to whoever asks
  if (!service && !world.abilities.deployments) throw refuse(404);
  if (!token) throw refuse(401);
  if (/^[0-9a-f]{64}$/.test(token)) {
    if (!service || !same(token, service.token)) throw refuse(401);
    return { service, uid: service.owner };
  }
  const caller = world.definition.oidc ? await knownByToken(world, token) : null;
  if (!caller) throw refuse(401);
  // upstream looks whose the service is by a name without what follows the @: with a token of EGI, only public ones are found
  const asked = world.state.settings.upstreamBugs ? { ...caller, uid: caller.uid.replace(/@.*$/, '') } : caller;
  if (!service || !maySee(service, asked)) throw refuse(404);
  if (world.state.users[caller.uid] === undefined) {
    throw refuse(403, `MinIO user not provisioned for ${caller.uid}; submit a direct request first`);
  }
  return { service, uid: caller.uid };
}

/** Whether somebody sees a service at all. */
export function maySee(service: ServiceRecord, caller: Caller): boolean {
  if (caller.admin || service.owner === caller.uid || service.visibility === 'public') return true;
  return service.visibility === 'restricted' && service.allowed_users.includes(caller.uid);
}

async function knownByToken(world: OscarWorld, token: string): Promise<Caller | null> {
  const trusted = world.definition.oidc;
  const claims = await world.options.introspect(token);
  if (!trusted || !claims || typeof claims.sub !== 'string') return null;
  const entitlements = Array.isArray(claims.eduperson_entitlement) ? claims.eduperson_entitlement : [];
  // urn:mace:egi.eu:group:<vo>:role=…
  const groups = entitlements.map((one) => String(one).split(':')[4]);
  if (!groups.some((group) => group !== undefined && trusted.groups.includes(group))) return null;
  return { uid: claims.sub, admin: false, name: typeof claims.name === 'string' ? claims.name : claims.sub };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

function same(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)));
}
