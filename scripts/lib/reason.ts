import { AppError } from '@/lib/core/errors';

/** Why something could not be done, and what to do, for a person at a terminal. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return [`${error.title}.`, error.detail, error.remedy].filter(Boolean).join('\n');
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error && error.code === 'EADDRINUSE')) return error.message;
  return `${error.message}\nAnother program listens there, perhaps a Transat that still runs. Stop it, or choose another port, such as PORT=3700 npm start (the sandbox takes the one 100 above).`;
}
