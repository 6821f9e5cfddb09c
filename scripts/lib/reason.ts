import { AppError } from '@/lib/core/errors';

/** Why something could not be done, for a person at a terminal. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return [`${error.title}.`, error.detail, error.remedy].filter(Boolean).join('\n');
  return error instanceof Error ? error.message : String(error);
}
