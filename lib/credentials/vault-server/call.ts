import { setTimeout as sleep } from 'node:timers/promises';
import type { VaultPlace } from '@/lib/core/config/vault';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { doorOf } from '@/lib/web/doors';
import type { Peer } from '@/lib/web/types';
import { movedAway, noAnswer, notReady, wordsOf } from './errors';

const TIMEOUT_MS = 10_000;
const PAUSES_MS = [200, 800];
const MAX_PAUSE_MS = 5_000;

export interface Ask {
  token?: Secret;
  body?: Record<string, unknown>;
  /** doing it twice is as doing it once: it is tried again after no answer, too */
  safe?: boolean;
}
export interface Answer {
  status: number;
  json: unknown;
  /** what the server says against it, without anything that was sent */
  words: string;
}
/**
 * The one way to a Vault or OpenBao. Gives what it answers to the call, refusals (4xx) among it.
 * @throws AppError `upstream-failed` when it does not answer, is sealed, or has no active node
 */
export type VaultCall = (method: 'GET' | 'POST' | 'DELETE', path: string, ask?: Ask) => Promise<Answer>;

/**
 * Opens the way to a server (https://developer.hashicorp.com/vault/api-docs, "HTTP status codes"). TLS is verified always;
 * redirects, by which a standby node hands over, are not followed: they would carry the token to another host.
 */
export function vaultCall(place: VaultPlace): VaultCall {
  // the operator names it, so it may be in their own network
  const peer: Peer = {
    id: 'secrets-store',
    kind: 'store',
    name: 'the secrets store',
    address: place.address,
    ca: place.ca,
    allowPrivate: true,
  };

  const once = async (method: 'GET' | 'POST' | 'DELETE', path: string, { token, body }: Ask) => {
    const answer = await doorOf(peer).send({
      service: 'secrets-store',
      method,
      url: new URL(`${place.address}/v1/${path}`),
      headers: {
        // a server behind an agent or proxy refuses what lacks it: a guard against request forgery
        'x-vault-request': 'true',
        ...(place.namespace ? { 'x-vault-namespace': place.namespace } : {}),
        ...(token ? { 'x-vault-token': token.reveal() } : {}),
      },
      body,
      // what may be repeated here is decided below, by what a secrets store means with its statuses
      repeatable: false,
      timeoutMs: TIMEOUT_MS,
    });
    const json = parse(answer.body);
    return { status: answer.status, json, words: wordsOf(json, [token?.reveal(), body]), wait: answer.headers['retry-after'] };
  };

  return async (method, path, ask = {}) => {
    for (let round = 0; ; round++) {
      const pause = PAUSES_MS[round];
      let answer: Awaited<ReturnType<typeof once>>;
      try {
        answer = await once(method, path, ask);
      } catch (error) {
        if (!ask.safe || pause === undefined || isTimeout(error)) throw noAnswer(place, error, TIMEOUT_MS);
        await sleep(pause);
        continue;
      }
      const { status, words, wait, json } = answer;
      if (status >= 300 && status < 400) throw movedAway(place, status);
      const later = isLater(status, words, ask.safe ?? false);
      if (!later && status < 500) return { status, json, words };
      if (!later || pause === undefined) throw notReady(place, status, words);
      await sleep(Math.min(Number(wait) * 1000 || pause, MAX_PAUSE_MS));
    }
  };
}

// 412 (a node that has not yet what another wrote) and 429 (a quota of requests) were not carried out. Of the others it is
// not known; and one that is sealed stays so until somebody unseals it.
function isLater(status: number, words: string, safe: boolean): boolean {
  if (status === 412 || status === 429) return true;
  return safe && status >= 500 && !/sealed/i.test(words);
}

function isTimeout(error: unknown): boolean {
  return error instanceof AppError && /^(TIMEOUT|\w+_TIMEOUT)\b/.test(error.upstream?.message ?? '');
}

// Not tidied as other answers are: a secret may have any sign in it.
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
