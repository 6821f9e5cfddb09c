'use client';

import { needsSignIn } from '@/components/signin/needs-sign-in';
import { later } from '@/components/ui/later';
import { ProblemCard, useProblem } from '@/components/ui/problem';

const SignInAgain = later(() => import('@/components/signin/sign-in-again').then((module) => module.SignInAgain));

/** Why a write did not happen. */
export function Refused({ error }: { error: Error | null }) {
  if (needsSignIn(error)) return <SignInAgain />;
  return error && <Told error={error} />;
}

function Told({ error }: { error: Error }) {
  return <ProblemCard problem={useProblem(error)} />;
}
