import type { Translate } from '@/components/messages/types';
import type { Fault } from '@/lib/inputs/types';

/** What is wrong with a value, in the language of the person. */
export type Complaint = (t: Translate) => string;

/** A fault as the person is told of it. */
export function complaintOf(fault: Fault): Complaint {
  return (t) => (fault.entry === undefined ? said(fault, t) : t('check.entry', { entry: fault.entry, what: said(fault, t) }));
}

function said(fault: Fault, t: Translate): string {
  switch (fault.key) {
    case 'least':
    case 'most':
    case 'above':
    case 'below':
      return t(`check.${fault.key}`, { limit: fault.limit });
    case 'range':
      return t('check.range', { min: fault.min, max: fault.max });
    case 'equal':
      return t('check.equal', { value: fault.value });
    case 'oneOf':
      return t('check.oneOf', { values: fault.values });
    case 'length':
    case 'minLength':
    case 'maxLength':
      return t(`check.${fault.key}`, { count: fault.count });
    case 'pattern':
      return t('check.pattern', { pattern: fault.pattern });
    case 'tooLong':
    case 'tooMany':
      return t(`check.${fault.key}`, { limit: fault.limit });
    case 'unless':
      return t('check.unless', { label: fault.label, value: fault.value, because: fault.because });
    default:
      return t(`check.${fault.key}`);
  }
}
