import type { AppError } from '@/lib/core/errors';

// Registered for the whole process, so that a mark is seen also where a bundler has made a second copy of this file.
const UNCLEAR = Symbol.for('transat.openstack.unclear');

/**
 * Marks an error whose call may have been carried out although no good answer came: a time-out, a cut connection or a server
 * fault after something other than a read was sent.
 */
export function markUnclear(error: AppError): AppError {
  return Object.defineProperty(error, UNCLEAR, { value: true, enumerable: false });
}

/**
 * Whether a failed call may still have had its effect. Look for what it would have made before repeating it.
 * @param error anything thrown by a client of this room
 */
export function isUnclear(error: unknown): boolean {
  return error instanceof Error && UNCLEAR in error;
}
