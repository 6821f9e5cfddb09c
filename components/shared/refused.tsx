'use client';

import { needsSignIn, SignInAgain } from '@/components/signin/sign-in-again';
import { ProblemCard, useProblem } from '@/components/ui/problem';

/** Why a write did not happen. */
export function Refused({ error }: { error: Error | null }) {
  if (needsSignIn(error)) return <SignInAgain />;
  return error && <Told error={error} />;
}

function Told({ error }: { error: Error }) {
  return <ProblemCard problem={useProblem(error)} />;
}
