import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { generateKeyPair, SignJWT } from 'jose';
import { Agent, request } from 'undici';
import { parse } from 'yaml';
import { z } from 'zod';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import type { ContractSubject } from '@/lib/openstack/contract';
import { login } from '../lib/lab';

/** Folder of the real OpenStack of these tests; its README tells what is in it. */
const dir = process.env.LAB_DIR ?? '/var/lib/openstack-lab';
const run = promisify(execFile);

const cloud = z.object({
  region_name: z.string(),
  auth: z.object({
    auth_url: z.string(),
    username: z.string(),
    password: z.string(),
    project_name: z.string(),
    user_domain_name: z.string(),
  }),
});
const clouds = z
  .object({ clouds: z.object({ admin: cloud, member: cloud }) })
  .parse(parse(readFileSync(`${dir}/clouds.yaml`, 'utf8'))).clouds;
const person = ({ auth }: z.infer<typeof cloud>) => ({ name: auth.username, domain: auth.user_domain_name, password: auth.password });
const endpoint = { site: 'lab', authUrl: clouds.member.auth.auth_url, region: clouds.member.region_name, allowPrivate: true };

/** The authority of the lab's OpenID provider. */
export const providerCa = readFileSync(`${dir}/etc/tls.pem`, 'utf8');
export const providerUrl = `https://127.0.0.1:${process.env.LAB_OIDC_PORT ?? 9443}/auth/realms/egi`;

async function accessToken(name: string): Promise<Secret> {
  return new Secret((await tokensOf(name)).access_token);
}

const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });
/** The tokens of a real login of the client `cli`. */
export async function tokensOf(name: string): Promise<z.infer<typeof tokens>> {
  const { stdout } = await run(process.execPath, [`${dir}/checkin/token.mjs`, name, '--json']);
  return tokens.parse(JSON.parse(stdout));
}

/** Revokes a fresh token at the provider (RFC 7009) before any cloud has seen it. */
async function deadToken(): Promise<Secret> {
  const token = await accessToken('bob');
  const { statusCode } = await request(`${providerUrl}/protocol/openid-connect/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: token.reveal(), client_id: 'cli' }).toString(),
    dispatcher: new Agent({ connect: { ca: providerCa } }),
  });
  if (statusCode !== 200) throw new Error(`The provider did not revoke a token: HTTP ${statusCode}`);
  return token;
}

async function entitlements(token: Secret): Promise<number> {
  const { body } = await request(`${providerUrl}/protocol/openid-connect/userinfo`, {
    headers: { authorization: `Bearer ${token.reveal()}` },
    dispatcher: new Agent({ connect: { ca: providerCa } }),
  });
  return z.object({ eduperson_entitlement: z.array(z.string()) }).parse(await body.json()).eduperson_entitlement.length;
}

/** A token of the right form for these people and clouds, of an issuer that nobody here knows. */
async function foreignToken(): Promise<Secret> {
  const { privateKey } = await generateKeyPair('RS256');
  const token = new SignJWT({ iss: 'https://op.example.org', sub: 'alice', aud: 'dashboard', eduperson_entitlement: [] });
  return new Secret(await token.setProtectedHeader({ alg: 'RS256' }).setIssuedAt().setExpirationTime('1h').sign(privateKey));
}

/** A call to a service of the lab, past Transat's clients. */
export async function ask(
  who: 'admin' | 'researcher' | 'stranger',
  service: string,
  method: string,
  path: string,
  body?: unknown,
  type = 'application/json',
) {
  const { token, catalog } = await login(who, { admin: 'admin', stranger: 'other', researcher: clouds.member.auth.project_name }[who]);
  const url = catalog.find((entry) => entry.type === service)?.endpoints.find((each) => each.interface === 'public')?.url;
  const headers = { 'X-Auth-Token': token, 'Content-Type': type };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${url}${path}`, { method, headers, body: text });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Sets quotas of Neutron for the member's project; null: those of every project. */
async function limit(quota: Record<string, number> | null): Promise<void> {
  const { projectId } = await login('researcher', clouds.member.auth.project_name);
  const path = `/v2.0/quotas/${projectId}`;
  if (quota) await ask('admin', 'network', 'PUT', path, { quota });
  // what never was set can't be taken back
  else await ask('admin', 'network', 'DELETE', path).catch(() => undefined);
}

export const lab: ContractSubject = {
  limit,
  async neutron(method, path, body) {
    await ask('researcher', 'network', method, `/v2.0${path}`, body);
  },
  endpoint,
  member: person(clouds.member),
  project: clouds.member.auth.project_name,
  async foreignProject() {
    const { name, domain, password } = person(clouds.admin);
    const projects = await listProjects(endpoint, { kind: 'password', user: { name, domain }, password: new Secret(password) });
    const found = projects.find((project) => project.name === clouds.admin.auth.project_name);
    if (!found) throw new Error('The administrator has no project');
    return found.id;
  },
  federation: {
    identityProvider: 'egi.eu',
    protocol: 'openid',
    // alice and bob have one form of the entitlement each
    members: ['alice', 'bob', 'dora'],
    many: { person: 'dora', entitlements: 251 },
    stranger: 'carol',
    projectsOf: () => ['vo.lab.eu'],
    keepsRoles: true,
    foreignToken,
    accessToken,
    entitlements,
    // its provider has no client for the device flow
    deviceToken: null,
    deadToken,
  },
  externalNetwork: 'public',
  imageDistro: 'debian',
  flavors: { plain: 'fake.small', booting: 'fast.small', resized: ['real.tiny', 'real.small'] },
  leases: {
    kinds: ['physical:host', 'flavor:instance', 'virtual:instance', 'virtual:floatingip'],
    // only Chameleon's fork has those
    absent: { kind: 'network', name: 'none' },
    flavor: 'baremetal',
    leasedFlavor: 'fake.small',
    nodeType: 'compute_skylake',
    flavorsExtend: false,
    byApplicationCredential: process.env.LAB_APPCRED_TRUSTS === '1',
    async otherProject() {
      // `stranger` is a member of the project `other`, with the password of everybody in the lab
      const { domain, password } = person(clouds.member);
      return connectCloud(endpoint, { kind: 'password', user: { name: 'stranger', domain }, password: new Secret(password) });
    },
  },
};
