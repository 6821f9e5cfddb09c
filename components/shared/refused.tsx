'use client';

import { ProblemCard, useProblem } from '@/components/ui/problem';

/** Why a write did not happen. */
export function Refused({ error }: { error: Error | null }) {
  return error && <Told error={error} />;
}

function Told({ error }: { error: Error }) {
  return <ProblemCard problem={useProblem(error)} />;
}
