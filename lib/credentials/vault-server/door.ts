import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import type { VaultPlace } from '@/lib/core/config-vault';
import type { Secret } from '@/lib/core/secret';
import { readJson } from '../json-body';
import { movedAway, noAnswer, notReady, wordsOf } from './errors';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
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
export type Door = (method: 'GET' | 'POST' | 'DELETE', path: string, ask?: Ask) => Promise<Answer>;

/**
 * Opens the way to a server (https://developer.hashicorp.com/vault/api-docs, "HTTP status codes"). TLS is verified always;
 * redirects, by which a standby node hands over, are not followed: they would carry the token to another host.
 */
export function openDoor(place: VaultPlace): Door {
  const agent = new Agent({ connect: place.ca ? { ca: [...rootCertificates, place.ca] } : {} });

  const once = async (method: 'GET' | 'POST' | 'DELETE', path: string, { token, body }: Ask) => {
    const answer = await request(`${place.address}/v1/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        // a server behind an agent or proxy refuses what lacks it: a guard against request forgery
        'x-vault-request': 'true',
        ...(place.namespace ? { 'x-vault-namespace': place.namespace } : {}),
        ...(token ? { 'x-vault-token': token.reveal() } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
      dispatcher: agent,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const json = await readJson(answer.body, MAX_ANSWER_BYTES);
    return { status: answer.statusCode, json, words: wordsOf(json, [token?.reveal(), body]), wait: answer.headers['retry-after'] };
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
  return error instanceof Error && (error.name === 'TimeoutError' || ('code' in error && String(error.code).endsWith('_TIMEOUT')));
}
