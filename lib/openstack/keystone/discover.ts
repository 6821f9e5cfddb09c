import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { type Answer, jsonOf } from '@/lib/web/answer';
import { doorOf } from '@/lib/web/doors';
import { peerOf } from '../peer';
import type { FindIdentity, IdentityEndpoint } from '../types';

const version = z.object({ id: z.string(), status: z.string().default('') });
const documents = z.union([
  z.object({ version }).transform(({ version }) => ({ at: 'version' as const, versions: [version] })),
  z
    .object({ versions: z.object({ values: z.array(version) }) })
    .transform(({ versions }) => ({ at: 'root' as const, versions: versions.values })),
]);

/**
 * {@link FindIdentity}: asks the address for Keystone's version document, and below it where it lists versions
 * (docs.openstack.org/api-ref/identity/v3, List versions; it answers 300 with them).
 */
export const findIdentity: FindIdentity = async (endpoint, { signal } = {}) => {
  const given = endpoint.authUrl.replace(/\/+$/, '');
  const first = await readVersions(endpoint, given, signal);
  if (first.at === 'version') return { authUrl: given, version: requireV3(first.versions, given) };
  requireV3(first.versions, given);
  const below = `${given}/v3`;
  const second = await readVersions(endpoint, below, signal);
  return { authUrl: below, version: requireV3(second.versions, below) };
};

async function readVersions(endpoint: IdentityEndpoint, authUrl: string, signal: AbortSignal | undefined) {
  // with a slash at the end some sites redirect, and without it others
  const ask = (url: string) => doorOf(peerOf(endpoint)).send({ service: 'identity', method: 'GET', url: new URL(url), signal });
  let answer = await ask(authUrl);
  let parsed = documents.safeParse(jsonOf(answer));
  if (!parsed.success) {
    answer = await ask(`${authUrl}/`);
    parsed = documents.safeParse(jsonOf(answer));
  }
  if (!parsed.success) throw noKeystone(authUrl, answer);
  return parsed.data;
}

function requireV3(versions: readonly z.output<typeof version>[], authUrl: string): string {
  const v3 = versions.find(({ id }) => /^v3(\.|$)/.test(id));
  if (v3) return v3.id;
  throw new AppError({
    code: 'invalid-input',
    title: 'This Keystone is too old',
    detail: `The Keystone at ${authUrl} offers ${versions.map(({ id }) => id.slice(0, 20)).join(', ') || 'no version'}, and Transat needs v3.`,
    remedy: 'Ask the site for the address of its Keystone v3.',
  });
}

function noKeystone(authUrl: string, { status, requestId }: Answer): AppError {
  return new AppError({
    code: 'invalid-input',
    title: 'There is no Keystone at this address',
    detail: `At ${authUrl} something answers (status ${status}), but not as the version document of a Keystone.`,
    cause: 'The address is of another service, such as a dashboard, or a part of it is missing.',
    remedy: 'Use the site’s auth_url, as its clouds.yaml or RC file names it: often https://…:5000/v3.',
    upstream: { service: 'identity', status, message: 'an answer of another form', requestId },
  });
}
