import { ApiProblem } from './client';

/** Whether a failed read is worth another try: only where the answer may differ. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= 2 || !(error instanceof ApiProblem)) return false;
  const { status } = error.problem;
  return status === 0 || status === 429 || status >= 500;
}

/** Where to sign in and come back from. */
export function signInPath({ pathname, search }: { pathname: string; search: string }): string {
  const back = `${pathname}${search}`;
  return back === '/' || pathname === '/signin' ? '/signin' : `/signin?returnTo=${encodeURIComponent(back)}`;
}

/** The path to return to after sign-in: only one of our own pages. */
export function safeReturn(path: string | null | undefined): string {
  return path?.startsWith('/') && !path.startsWith('//') && !path.includes('\\') ? path : '/';
}
