import { z } from 'zod';
import type { VaultPlace } from '@/lib/core/config/vault';
import { AppError } from '@/lib/core/errors';

const SERVICE = 'secrets-store';
const MOST_WORDS = 300;
const SHORTEST_HIDDEN = 6;

/**
 * What a server says in `errors`, in one line.
 * @param sent what was sent to it: should it say any of that again, it is taken out
 */
export function wordsOf(json: unknown, sent: unknown): string {
  const parsed = z.object({ errors: z.array(z.string()) }).safeParse(json);
  let words = (parsed.data?.errors ?? []).join('; ').replace(/\s+/g, ' ').trim();
  for (const text of textsIn(sent).sort((a, b) => b.length - a.length)) words = words.replaceAll(text, '***');
  return words.slice(0, MOST_WORDS);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length < SHORTEST_HIDDEN ? [] : [value, Buffer.from(value).toString('base64')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** No answer at all, or none in time. */
export function noAnswer(place: VaultPlace, error: unknown, timeoutMs: number): AppError {
  const reason = reasonOf(error);
  const untrusted = error instanceof AppError && error.code === 'site-tls-untrusted';
  return new AppError({
    code: 'upstream-failed',
    title: 'The secrets store does not answer',
    detail: `The secrets store at ${place.address} did not answer within ${timeoutMs / 1000} s (${reason}).`,
    cause: untrusted ? 'Its certificate is not signed by an authority that Transat knows, or is for another name.' : undefined,
    remedy: untrusted
      ? 'The operator must name the authority’s certificate as `caFile` in the section `vault` of the configuration.'
      : 'Try again in a minute. If it stays, the operator must look after the secrets store.',
    upstream: { service: SERVICE, message: reason },
  });
}

// the guarded door says first in a word what happened (`ECONNREFUSED: connect …`)
function reasonOf(error: unknown): string {
  const said = error instanceof AppError ? (error.upstream?.message ?? error.code) : error instanceof Error ? error.name : 'unknown';
  return /^\w+/.exec(said)?.[0] ?? 'unknown';
}

/** It answers, and can’t do anything now. */
export function notReady(place: VaultPlace, status: number, words: string): AppError {
  const sealed = /sealed/i.test(words);
  const busy = status === 429;
  return new AppError({
    code: 'upstream-failed',
    title: sealed
      ? 'The secrets store is sealed'
      : busy
        ? 'The secrets store takes no more requests now'
        : 'The secrets store is not ready',
    detail: `The secrets store at ${place.address} answered with status ${status}${words ? ` (${words})` : ''}.`,
    cause: sealed
      ? 'It was restarted, or somebody sealed it: it can’t open anything until it is unsealed.'
      : busy
        ? 'A quota of requests is used up there.'
        : 'It is starting, in maintenance, or has no active node.',
    remedy: sealed
      ? 'Its operators must unseal it (`vault operator unseal`, `bao operator unseal`). Nothing is lost; try again then.'
      : 'Try again in a minute. If it stays, the operator must look after the secrets store.',
    upstream: { service: SERVICE, status, message: words || `status ${status}` },
  });
}

/** A standby node that hands over by a redirect. */
export function movedAway(place: VaultPlace, status: number): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: 'The secrets store sends Transat elsewhere',
    detail: `The secrets store at ${place.address} answered with a redirect (status ${status}), and Transat follows none: its token would go to another host.`,
    cause: 'The address leads to a standby node that does not forward requests.',
    remedy: 'The operator must give the address of the active node, or of a balancer that finds it, as `vault.address`.',
    upstream: { service: SERVICE, status, message: `status ${status}` },
  });
}

/**
 * It refuses what Transat asked.
 * @param doing what was asked, to read after "did not let Transat": `wrap a data key with transit/transat`
 */
export function refusedBy(place: VaultPlace, status: number, words: string, doing: string): AppError {
  return new AppError({
    code: 'upstream-refused',
    title: 'The secrets store refused Transat',
    detail: `The secrets store at ${place.address} did not let Transat ${doing}: status ${status}${words ? ` (${words})` : ''}.`,
    cause:
      status === 403
        ? 'The login of Transat has no policy that allows it, or the login ended.'
        : 'A mount, key or path of the section `vault` of the configuration is not there, or of another kind.',
    remedy: 'The operator must compare the policy and the paths with “Secrets in Vault or OpenBao” in docs/operators.md.',
    upstream: { service: SERVICE, status, message: words || `status ${status}` },
  });
}

/** It answers with something that is not what its API describes. */
export function notUnderstood(place: VaultPlace, status: number, doing: string): AppError {
  return new AppError({
    code: 'upstream-refused',
    title: 'The secrets store answered with something else',
    detail: `The answer of ${place.address} to the try to ${doing} (status ${status}) is not one of Vault’s or OpenBao’s API.`,
    remedy: 'The operator must check `vault.address` in the configuration.',
    upstream: { service: SERVICE, status, message: 'unreadable answer' },
  });
}
