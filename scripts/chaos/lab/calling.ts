import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, ApiError } from '../../../e2e/lib/api';

/** What answers where Transat itself, or the provider that it asks who somebody is, does not. */
const passing = [409, 429, 500, 502, 503, 504];
const withinMs = 300_000;

/** Makes a call until it is answered: whoever answers is killed now and then. What is refused for good is thrown. */
export async function answered<T>(api: Api, method: string, path: string, body?: unknown): Promise<T> {
  for (const end = Date.now() + withinMs; ; await sleep(500)) {
    try {
      return await api.call<T>(method, path, body);
    } catch (error) {
      const passes = !(error instanceof ApiError) || passing.includes(error.status);
      if (!passes || Date.now() > end) throw error;
    }
  }
}
