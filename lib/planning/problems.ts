import type { ErrorCode } from '@/lib/core/errors';
import type { PlanProblem } from './types';

const titles: Partial<Record<ErrorCode, string>> = {
  'invalid-input': 'This can’t be planned as it was asked for',
  'quota-exceeded': 'The project’s quota is too small',
  'flavor-not-found': 'No flavor fits',
  'image-not-found': 'No image fits',
  'network-not-found': 'A network is missing',
  'network-unreachable': 'The network leads nowhere',
  'security-groups-refused': 'The network takes no security groups',
  'recipe-invalid': 'The recipe makes no sense with these inputs',
};

/** A problem of a plan, as everything that people read: what, why, and what to do now. */
export function problem(
  code: ErrorCode,
  detail: string,
  about: { field?: string; remedy?: string; cause?: string; severity?: 'warning' } = {},
): PlanProblem {
  return {
    severity: about.severity ?? 'error',
    code,
    title: titles[code] ?? detail,
    detail,
    ...(about.cause && { cause: about.cause }),
    ...(about.remedy && { remedy: about.remedy }),
    ...(about.field && { field: about.field }),
  };
}
