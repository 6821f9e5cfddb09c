import type { ErrorCode, Remarks } from '@/lib/core/errors';
import type { LeaseProblem } from '../types';
import { type LeaseTextKey, type Said, say } from '../words/say';

const titles: Partial<Record<ErrorCode, LeaseTextKey>> = {
  'invalid-input': 'cantLease',
  'no-host-available': 'notFree',
  'quota-exceeded': 'allocationShort',
  'flavor-not-found': 'noSuchFlavor',
  'network-not-found': 'noSuchNetwork',
  conflict: 'cantNow',
  'upstream-refused': 'siteRules',
};

interface About {
  code?: ErrorCode;
  cause?: Said;
  remedy?: Said;
}

/** A problem of a lease that is planned or to be changed, as all that people read: what, why, and what to do now. */
export function problem(field: string, detail: Said, { code = 'invalid-input', cause, remedy }: About = {}): LeaseProblem {
  const title = titles[code];
  return { severity: 'error', code, ...inWords({ title: title ? say(title) : detail, detail, cause, remedy }), field };
}

/** The same for what the site takes, but somebody would not want, had they known. */
export function warning(field: string, detail: Said, remedy?: Said): LeaseProblem {
  return { severity: 'warning', code: 'invalid-input', ...inWords({ title: say('think'), detail, remedy }), field };
}

function inWords({ title, detail, cause, remedy }: { title: Said; detail: Said; cause?: Said; remedy?: Said }) {
  const remarks: Remarks = {
    title: title.remark,
    detail: detail.remark,
    ...(cause && { cause: cause.remark }),
    ...(remedy && { remedy: remedy.remark }),
  };
  return { title: title.text, detail: detail.text, ...(cause && { cause: cause.text }), ...(remedy && { remedy: remedy.text }), remarks };
}
