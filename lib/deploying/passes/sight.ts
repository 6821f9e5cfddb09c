import type { Problem } from '@/lib/core/errors';
import type { Found, KindName } from '../kinds';

/** What one pass saw at one place: a list for each kind that was looked at, or why it could not be: the place, or only the kinds `unseen`. */
export interface Sight {
  lists: Map<KindName, Found[]>;
  problem?: Problem;
  unseen?: Map<KindName, Problem>;
}
/** By {@link placeKey}. */
export type Observations = Map<string, Sight>;
