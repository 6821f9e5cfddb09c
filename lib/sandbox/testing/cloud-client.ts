import { z } from 'zod';

/** What a service answered; `body` is its JSON, or its text where it is none. */
export interface Reply {
  status: number;
  headers: Headers;
  // tests read answers as they come, deep inside; a type for each would say nothing that the expectations don't
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

export async function request(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // stays text
  }
  return { status: response.status, headers: response.headers, body: parsed };
}

const tryMe = z.object({
  authUrl: z.string(),
  project: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ name: z.string(), domain: z.string(), password: z.string() }),
  applicationCredential: z.object({ id: z.string(), secret: z.string() }),
});

export type CloudName = 'europe' | 'america' | 'america-kvm';

export async function credentials(sandboxUrl: string, cloud: CloudName) {
  return tryMe.parse((await request('GET', `${sandboxUrl}/${cloud}/try-me`)).body);
}

/** Signs in to a cloud with its own application credential, or as its local person by password. */
export async function connect(sandboxUrl: string, cloud: CloudName, by: 'credential' | 'password' = 'credential') {
  const given = await credentials(sandboxUrl, cloud);
  const { id, secret } = given.applicationCredential;
  const { name, domain, password } = given.user;
  const auth =
    by === 'credential'
      ? { identity: { methods: ['application_credential'], application_credential: { id, secret } } }
      : {
          identity: { methods: ['password'], password: { user: { name, domain: { name: domain }, password } } },
          scope: { project: { id: given.project.id } },
        };
  const answer = await request('POST', `${given.authUrl}/auth/tokens`, { auth });
  const token = answer.headers.get('x-subject-token') ?? '';
  const service =
    (root: string): Ask =>
    (method, path, body, headers) =>
      request(method, `${sandboxUrl}/${cloud}${root}${path}`, body, { 'x-auth-token': token, ...headers });
  return {
    token,
    project: given.project.id,
    compute: service('/compute/v2.1'),
    network: service('/network/v2.0'),
    image: service('/image'),
    volume: service(`/volume/v3/${given.project.id}`),
    balancing: service('/load-balancer/v2'),
    reservation: service('/reservation/v1'),
    admin: service(''),
  };
}
export type Connected = Awaited<ReturnType<typeof connect>>;

/** A network with a subnet, and a port in it. */
export async function smallNetwork(cloud: Connected, cidr = '10.1.0.0/24') {
  const network = (await cloud.network('POST', '/networks', { network: { name: 'n' } })).body.network.id;
  const subnet = (await cloud.network('POST', '/subnets', { subnet: { network_id: network, ip_version: 4, cidr } })).body.subnet.id;
  const port = (await cloud.network('POST', '/ports', { port: { network_id: network } })).body.port.id;
  return { network, subnet, port };
}

/** The body of POST /servers for a flavor (by name) and ports. */
export async function serverBody(cloud: Connected, flavorName: string, more: Record<string, unknown> = {}) {
  const flavors = (await cloud.compute('GET', '/flavors')).body.flavors;
  const flavor = flavors.find((one: { name: string }) => one.name === flavorName);
  const image = (await cloud.image('GET', '/v2/images?limit=1')).body.images[0];
  return { server: { name: 'server', flavorRef: flavor.id, imageRef: image.id, networks: 'none', ...more } };
}
