import { ApiProblem } from '@/components/api/client';

/** Whether something was refused only because the sign-in is too long ago. */
export function needsSignIn(error: Error | null): boolean {
  return error instanceof ApiProblem && error.problem.code === 'recent-sign-in-needed';
}
