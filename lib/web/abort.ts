import { AppError } from '@/lib/core/errors';

/** The error for a caller who gives a service no more time. */
export function gaveUp(site: string, service: string, requestId?: string): AppError {
  return new AppError({
    code: 'deadline-passed',
    title: 'The site was given no more time',
    detail: `The ${service} service of ${site} had not answered when its time was up.`,
    remedy: 'Try again, or look at this site later: it answers slowly.',
    upstream: { service, message: 'no answer in time', requestId },
  });
}

/**
 * Waits for work that others may share, no longer than the caller wants; the work itself goes on.
 * @throws AppError `deadline-passed` when the signal comes first
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, site: string, service: string): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(gaveUp(site, service));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
