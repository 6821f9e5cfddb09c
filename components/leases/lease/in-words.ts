import type { SayEngine } from '@/components/messages/engine';
import type { Formats } from '@/components/messages/formats';
import { problemWords } from '@/components/messages/problem-words';
import type { Translate } from '@/components/messages/types';
import type { LeaseView } from '@/lib/api/contract/leases';

/** A lease with all that is said of it in the person's language: why something can't be done, what is wrong, and what is not as it should be. */
export function leaseInWords(lease: LeaseView, t: Translate, format: Formats, said: SayEngine): LeaseView {
  const actions = Object.fromEntries(
    Object.entries(lease.actions).map(([name, { allowed, reason, remark }]) => [
      name,
      { allowed, reason: problemWords({ detail: reason, remarks: { detail: remark } }, t, format, said).detail },
    ]),
  );
  return {
    ...lease,
    // the same names as before
    actions: { ...lease.actions, ...actions },
    problem: lease.problem && problemWords(lease.problem, t, format, said),
    unheard: lease.unheard && problemWords(lease.unheard, t, format, said),
  };
}
