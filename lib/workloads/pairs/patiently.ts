import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/core/errors';

const TRIES = 6;
const WAIT_MS = 1_500;

/** Whether storage may be starting again, as MinIO does for some seconds with each change of its cluster. */
export function mayBeStarting({ code, upstream }: AppError): boolean {
  return code === 'site-unreachable' || upstream?.status === 503;
}

/**
 * Asks again for some seconds what may be well in a moment.
 * @param worthIt whether an error may pass by itself
 * @throws AppError what was answered last
 */
export async function patiently<T>(ask: () => Promise<T>, worthIt: (error: AppError) => boolean, waitMs = WAIT_MS): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask();
    } catch (fault) {
      const error = AppError.from(fault);
      if (tried === TRIES || !worthIt(error)) throw error;
      await sleep(waitMs);
    }
  }
}
