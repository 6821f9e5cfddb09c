import { AppError } from '@/lib/core/errors';
import { isUnclear } from '@/lib/web';

/** Whether something may have been done though its answer was lost, so that only a look tells. Where no connection was made, nothing was done. */
export const mayBeDone = (error: unknown): boolean =>
  isUnclear(error) || ['deadline-passed', 'upstream-failed'].includes(AppError.from(error).code);
