import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { redeemDevice, startDevice } from '@/lib/credentials/device/device-flow';
import { deviceProvider } from '@/lib/credentials/device/device-provider';
import { openIdClient } from '@/lib/credentials/openid/client';
import { startSandbox } from '@/lib/sandbox';
import { sandboxSecrets } from '@/lib/sandbox/secrets';
import { type CloudName, connect, credentials, request } from '@/lib/sandbox/testing/cloud-client';
import { answerDevice } from '@/lib/sandbox/testing/device';
import { redeem, signIn } from '@/lib/sandbox/testing/sign-in';
import { closeDoors } from '@/lib/web/doors';
import { connectCloud, listProjects } from '../connect';
import type { Cloud, IdentityEndpoint } from '../types';
import { type ContractSubject, cloudContract, leaseContract } from '.';

vi.setConfig({ testTimeout: 120_000 });
const dataDir = mkdtempSync(join(tmpdir(), 'transat-contract-'));
const sandbox = await startSandbox({ port: 0, dataDir, transatUrl: 'http://localhost:4499', speed: 10 });
const secrets = sandboxSecrets(dataDir);
afterAll(async () => {
  await closeDoors();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const [europeans, americans] = ['/oidc', '/america-oidc'];
const tokenOf = async (person: string, realm = europeans) => new Secret((await signIn(sandbox.url, person, realm)).access_token);
async function deadToken(realm: string): Promise<Secret> {
  // using a refresh token twice takes back all that came of it, the access token included
  const { access_token, refresh_token } = await signIn(sandbox.url, 'ada', realm);
  await redeem(sandbox.url, { grant_type: 'refresh_token', refresh_token }, realm);
  await redeem(sandbox.url, { grant_type: 'refresh_token', refresh_token }, realm).catch(() => undefined);
  return new Secret(access_token);
}

/** A token by the product's own client of the device flow, and a browser that approves. */
async function deviceToken(person: string, realm: string, clientId: string): Promise<Secret> {
  const scopes = 'openid profile email voperson_id eduperson_entitlement entitlements';
  const issuer = `${sandbox.url}${realm}`;
  const client = openIdClient(deviceProvider({ name: 'Sandbox', issuer, clientId, scopes }));
  const started = await startDevice(client);
  expect(await redeemDevice(client, started.deviceCode)).toEqual({ state: 'pending' });
  await answerDevice(started.verificationUriComplete ?? '', person, 'connect');
  const answer = await redeemDevice(client, started.deviceCode);
  if (answer.state !== 'granted') throw new Error(`The device flow ended as ${answer.state}`);
  return answer.tokens.accessToken;
}
async function entitlements(token: Secret, realm: string): Promise<number> {
  const headers = { authorization: `Bearer ${token.reveal()}` };
  const { body } = await request('GET', `${sandbox.url}${realm}/protocol/openid-connect/userinfo`, undefined, headers);
  return body.eduperson_entitlement.length;
}

/** What the sandbox's other doors do: quotas, and calls that the clients have no verb for. */
const doorsOf = (cloud: CloudName, project: string): Pick<ContractSubject, 'limit' | 'neutron'> => ({
  async limit(limits) {
    const door = `${sandbox.url}/${cloud}/_quotas`;
    await (limits ? request('PUT', door, { project, limits }) : request('DELETE', door));
  },
  async neutron(method, path, body) {
    const { status, body: said } = await (await connect(sandbox.url, cloud)).network(method, path, body);
    if (status >= 300) throw new Error(JSON.stringify(said));
  },
});

const common: Pick<ContractSubject, 'externalNetwork' | 'imageDistro' | 'flavors'> = {
  externalNetwork: 'public',
  imageDistro: 'ubuntu',
  flavors: { plain: 'm1.small', booting: 'm1.medium', resized: ['m1.small', 'm1.medium'] },
};

const europe: ContractSubject = {
  ...common,
  ...doorsOf('europe', 'testbed'),
  endpoint: { site: 'sandbox-europe', authUrl: `${sandbox.url}/europe/v3`, region: 'sandbox-europe', allowPrivate: true },
  member: { name: 'researcher', domain: 'Default', password: secrets.clouds.europe?.password ?? '' },
  project: 'testbed',
  async foreignProject() {
    const auth = { kind: 'oidc', identityProvider: 'egi.eu', protocol: 'openid', accessToken: () => tokenOf('ada') } as const;
    return (await listProjects(europe.endpoint, auth))[0]?.id ?? '';
  },
  federation: {
    identityProvider: 'egi.eu',
    protocol: 'openid',
    // one form of the entitlement each
    members: ['ada', 'max'],
    many: { person: 'max', entitlements: 251 },
    stranger: 'noah',
    projectsOf: () => ['vo.sandbox.eu'],
    keepsRoles: true,
    foreignToken: () => tokenOf('ada', americans),
    accessToken: (person) => tokenOf(person),
    entitlements: (token) => entitlements(token, europeans),
    deviceToken: (person) => deviceToken(person, europeans, 'cli'),
    deadToken: () => deadToken(europeans),
  },
  leases: null,
};

const america: ContractSubject = {
  ...common,
  ...doorsOf('america', 'CHI-sandbox'),
  endpoint: { site: 'sandbox-america', authUrl: `${sandbox.url}/america/v3`, allowPrivate: true },
  member: { name: 'taylor', domain: 'chameleon', password: secrets.clouds.america?.password ?? '' },
  project: 'CHI-sandbox',
  foreignProject: async () => 'there-is-but-one-project',
  federation: {
    identityProvider: 'chameleon',
    protocol: 'openid',
    members: ['ada', 'grace'],
    many: null,
    stranger: 'noah',
    projectsOf: (person) => [person === 'ada' ? 'CHI-sandbox' : 'CHI-compilers'],
    keepsRoles: false,
    foreignToken: () => tokenOf('ada', europeans),
    accessToken: (person) => tokenOf(person, americans),
    entitlements: (token) => entitlements(token, americans),
    deviceToken: (person) => deviceToken(person, americans, 'chi-cli-device-token'),
    deadToken: () => deadToken(americans),
  },
  leases: {
    kinds: ['physical:host', 'virtual:floatingip', 'network'],
    absent: { kind: 'flavor:instance', flavorId: 'any', amount: 1 },
    flavor: 'baremetal',
    leasedFlavor: null,
    nodeType: 'compute_skylake',
    flavorsExtend: true,
    byApplicationCredential: false,
    otherProject: () => compiler(america.endpoint),
  },
};

/** Grace, who is in a project of her own at the American clouds. */
async function compiler(endpoint: IdentityEndpoint): Promise<Cloud> {
  const auth = { kind: 'oidc', identityProvider: 'chameleon', protocol: 'openid', accessToken: () => tokenOf('grace', americans) } as const;
  const [project] = await listProjects(endpoint, auth);
  return connectCloud(endpoint, auth, project?.id);
}

const kvm: ContractSubject = {
  ...america,
  endpoint: { site: 'sandbox-kvm', authUrl: `${sandbox.url}/america-kvm/v3`, allowPrivate: true },
  member: { ...america.member, password: '' },
  leases: {
    kinds: ['flavor:instance', 'virtual:instance', 'virtual:floatingip'],
    absent: { kind: 'physical:host', min: 1, max: 1 },
    flavor: 'none',
    leasedFlavor: 'm1.small',
    nodeType: 'compute_skylake',
    flavorsExtend: true,
    byApplicationCredential: true,
    otherProject: () => compiler(kvm.endpoint),
  },
};

cloudContract('Sandbox Europe', europe);
cloudContract('Sandbox America', america);
const { password } = (await credentials(sandbox.url, 'america-kvm')).user;
leaseContract('Sandbox KVM', { ...kvm, member: { ...kvm.member, password } });
