import type { Time } from './columns';

/** A worker that lives, or that died lately. */
export interface WorkerRow {
  id: string;
  seen_at: Time;
}
