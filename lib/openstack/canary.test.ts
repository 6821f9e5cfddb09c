import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import { createApplicationCredential, listProjects } from '.';
import { cloudAt } from './testing/cloud-at';
import { smallCloud } from './testing/small-cloud';
import type { CloudAuth, NewServer } from './types';

// no request has letters like these in its id
const CANARY = 'canary-"7xyz"-secret';

/** A service at its worst: it refuses, and quotes all that it was sent. */
const echo =
  (status: number, type = 'error') =>
  (request: Seen): Reply => ({
    status,
    json: { [type]: { message: `Invalid input: ${request.body} ${JSON.stringify(request.headers)}` } },
  });

const ways: [string, CloudAuth][] = [
  ['a password', { kind: 'password', user: { name: 'ann', domain: 'D' }, password: new Secret(CANARY) }],
  ['an application credential', { kind: 'applicationCredential', id: 'ac', secret: new Secret(CANARY) }],
  ['an access token', { kind: 'oidc', identityProvider: 'i', protocol: 'p', accessToken: async () => new Secret(CANARY) }],
];

function everyFormOf(error: unknown): string {
  expect(error).toBeInstanceOf(AppError);
  return [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    error instanceof Error ? error.stack : '',
  ].join('\n');
}

describe.each(ways)('%s is in no error', (_name, auth) => {
  test.each<[string, Reply | ((request: Seen) => Reply)]>([
    ['refused and quoted', echo(401)],
    ['malformed and quoted', echo(400)],
    ['quoted by a fault', echo(500)],
    ['cut off', 'cut'],
    ['answered by nonsense', { status: 201, text: CANARY }],
  ])('%s', async (_situation, reply) => {
    const cloud = await smallCloud({
      'POST /v3/auth/tokens': reply,
      'POST /v3/OS-FEDERATION/identity_providers/i/protocols/p/auth': reply,
    });
    const error = await listProjects(cloud.endpoint, auth).catch((reason: unknown) => reason);
    await cloud.close();
    const text = everyFormOf(error);
    expect(text).not.toContain('7xyz');
    expect(cloud.seen.map(({ body, headers }) => body + JSON.stringify(headers)).join()).toContain('7xyz');
  });
});

test('user data that Nova refuses and quotes is not shown, nor is the token', async () => {
  const cloud = await cloudAt({ 'POST /compute/v2.1/servers': echo(400, 'badRequest'), 'GET /network/v2.0/ports': echo(500) });
  const server: NewServer = {
    name: 'n',
    flavorId: 'f',
    imageId: 'i',
    portIds: [],
    keyPair: 'k',
    userData: new Secret(Buffer.from(CANARY)),
    volumeIds: [],
    metadata: {},
  };
  const errors = [await cloud.compute.createServer(server).catch((reason: unknown) => reason)];
  errors.push(
    await cloud.network
      .createPort({ name: 'p', networkId: 'n', securityGroupIds: [] }, { deployment: 'd', key: 'k' })
      .catch((reason: unknown) => reason),
  );
  for (const error of errors) {
    const text = everyFormOf(error);
    expect(text).not.toContain(Buffer.from(CANARY).toString('base64'));
    expect(text).not.toMatch(/token-\d/);
  }
});

test('neither is a token by which a credential is made', async () => {
  const cloud = await smallCloud({ 'POST /v3/users/u1/application_credentials': echo(400) });
  const error = await createApplicationCredential(cloud.endpoint, cloud.auth, 'p1', { name: 'n', description: '' }).catch(
    (reason: unknown) => reason,
  );
  await cloud.close();
  expect(everyFormOf(error)).not.toMatch(/token-\d/);
});
