import type { Person } from './types';

/** What belongs to somebody and is named by an id in a path. */
export type OwnedKind =
  | 'deployment'
  | 'lease'
  | 'cluster'
  | 'pair'
  | 'locality rule'
  | 'credential'
  | 'connection'
  | 'token'
  | 'session'
  | 'SSH key';

/** What is wanted of it. */
export type Need = 'read' | 'change';

/**
 * The one rule of who may do what with what is somebody's: its owner may all, others nothing. Pure. A token of scope `read` reads only.
 * @param owner the person whose it is
 */
export function may({ id, scope }: Pick<Person, 'id' | 'scope'>, need: Need, owner: string): boolean {
  return id === owner && (need === 'read' || scope === 'write');
}
