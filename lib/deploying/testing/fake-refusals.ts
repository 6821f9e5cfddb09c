import { AppError } from '@/lib/core/errors';
import { isUnclear } from '@/lib/web';

/** What a service of a site refuses, in its own words. */
export function failure(
  code: 'upstream-refused' | 'site-rate-limited' | 'quota-exceeded' | 'upstream-failed' | 'credential-expired',
  status: number,
  message: string,
): AppError {
  return new AppError({ code, title: `The site said: ${message}`, upstream: { service: 'compute', status, message, requestId: 'req-1' } });
}

/** It is in the way of something that is there. */
export function conflict(message: string): AppError {
  return failure('upstream-refused', 409, message);
}

/** Nobody knows whether it had its effect: as the clients of lib/openstack mark it, by a symbol that is registered for the whole process. */
export function unclear(): AppError {
  const error = failure('upstream-failed', 504, 'no answer came in time');
  Object.defineProperty(error, Symbol.for('transat.openstack.unclear'), { value: true });
  if (!isUnclear(error)) throw new Error('the mark of unclear errors is another one');
  return error;
}
