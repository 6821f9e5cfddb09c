import { kindOf } from './index';
import type { KindName } from './types';

/** As much of a resource as says what waits for what. */
interface Waiting {
  key: string;
  kind: KindName;
  wanted: 'present' | 'absent';
  depends_on: string[];
}

/** Whether a resource can only be made once another is there: it depends on it, or is given all addresses. Pure. */
export function waitsFor(resource: Waiting, other: Waiting): boolean {
  const needsAddress = kindOf(resource.kind).needsAddresses === true && other.wanted === 'present' && givesAddress(other);
  return needsAddress || resource.depends_on.includes(other.key);
}

/** Whether an address comes with it. */
export function givesAddress({ kind }: Pick<Waiting, 'kind'>): boolean {
  return kindOf(kind).gives !== undefined;
}
