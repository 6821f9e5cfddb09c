import { invalidInput, notFound } from '@/lib/core/problems';
import { type DeviceLogin, federatedAuth, type OpenIdClient, ownDevice } from '@/lib/credentials';
import { resumeWork } from '@/lib/deploying/requests/resume';
import type { Visitor } from '@/lib/desk/types';
import type { Site } from '@/lib/sites/types';
import type { KeepingPorts } from '../ports';
import type { DeviceFlow } from '../types';
import { tryCredential } from './try';

/** Begins a device flow with the provider of a site. @throws AppError as `startDevice`; `invalid-input` where the site has none */
export async function startDeviceLogin(services: KeepingPorts, person: Visitor, siteId: string): Promise<DeviceFlow> {
  const site = await services.sites.find(person.id, siteId);
  if (!site) throw invalidInput([{ path: 'site', message: 'There is no such site.' }]);
  const client = services.credentials.deviceClient(site);
  if (!client) throw invalidInput([{ path: 'site', message: `${site.name} can’t be connected this way.` }]);
  const login = await services.credentials.devices.begin(person.id, site.id, client);
  // asked about whether or not the person's browser goes on asking
  await services.store.queue.errands.ask(deviceErrand(login.id), login.interval_seconds);
  return view(login, site);
}

/** The errand of a device flow that is under way. */
export const deviceErrand = (id: string): string => `device ${id}`;

/** How a device flow stands; see {@link advance}. @throws AppError `not-found` */
export async function readDeviceLogin(services: KeepingPorts, person: Visitor, id: string): Promise<DeviceFlow> {
  const { credentials, sites } = services;
  const login = await credentials.devices.find(person.id, id);
  const site = login && (await sites.find(person.id, login.site));
  const client = site && credentials.deviceClient(site);
  if (!login || !site || !client) throw notFound('connection');
  return view(await advance(services, login, site, client), site);
}

/** Goes on with a device flow that perhaps nobody looks at. @returns in how many seconds it is to be looked at again; null: never */
export async function finishDeviceLogin(services: KeepingPorts, id: string): Promise<number | null> {
  const { credentials, sites, clock } = services;
  const login = await credentials.devices.read(id);
  const site = login && (await sites.find(login.user_id, login.site));
  const client = site && credentials.deviceClient(site);
  if (!login || !site || !client) return null;
  const now = await advance(services, login, site, client);
  return now.state === 'waiting' ? Math.max((now.next_poll_at.getTime() - clock.now().getTime()) / 1000, 1) : null;
}

/**
 * Where it is time to, the provider is asked; what it grants is tried at the site, and kept in place of what the person had connected
 * before. A site that gives no project makes the flow fail, and nothing is kept.
 */
async function advance(services: KeepingPorts, login: DeviceLogin, site: Site, client: OpenIdClient): Promise<DeviceLogin> {
  const { grants, devices } = services.credentials;
  const { user_id: userId } = login;
  return await devices.advance(login, client, async (tokens) => {
    const before = await grants.of(userId, client.provider.id);
    const grant = await grants.keep(userId, client.provider.id, tokens, 'device');
    try {
      await tryCredential(
        services,
        site,
        federatedAuth(site, client.provider.issuer, async () => tokens.accessToken),
      );
    } catch (error) {
      await grants.end(grant);
      throw error;
    }
    for (const old of before) await grants.end(old.id);
    services.desk.forget(userId);
    await resumeWork(services.ports, userId);
  });
}

/** Ends what a person connected by the device flow: at the provider, and its tokens at the sites. */
export async function disconnect(services: KeepingPorts, person: Visitor, site: Site): Promise<void> {
  const { credentials, desk, sites } = services;
  const client = credentials.deviceClient(site);
  if (!client) return;
  // one approval serves all sites of the provider
  const shared = (await sites.of(person.id)).filter((each) => credentials.deviceClient(each)?.provider.id === client.provider.id);
  await desk.close(person, new Map(shared.map((each) => [each.id, ownDevice(each.id)])));
  for (const { id } of await credentials.grants.of(person.id, client.provider.id)) await credentials.grants.end(id);
}

function view(login: DeviceLogin, { deviceFlow, id }: Site): DeviceFlow {
  return {
    id: login.id,
    site: id,
    provider: deviceFlow?.name ?? '',
    state: login.state,
    userCode: login.user_code,
    verificationUri: login.verification_uri,
    verificationUriComplete: login.verification_uri_complete,
    expiresAt: login.expires_at.toISOString(),
    interval: login.interval_seconds,
    problem: login.problem ?? null,
  };
}
