import { z } from 'zod';
import { innerProblemSchema, listQuerySchema } from './common';

const region = z.enum(['eu', 'us', 'other']);
const cluster = z.object({
  id: z.string(),
  name: z.string(),
  /** null: it is none of yours any more */
  region: region.nullable(),
});
const state = z.enum(['Pending', 'Suspended', 'Crossing', 'Running', 'Succeeded', 'Failed', 'Gone', 'Unknown']);
const side = z.enum(['origin', 'worker']);

export const ledgerJobSchema = z.object({
  id: z.string(),
  pair: z.string(),
  service: z.string(),
  /** where it was given to, and where it ran or will */
  origin: cluster,
  ran: cluster,
  /** `Crossing`: it has left, and is not seen on the other side yet; `Gone`: it was removed before it ended */
  state,
  crossed: z.boolean(),
  /** why it ran elsewhere than where its file arrived; `person`: somebody put the file there, and nothing crossed */
  why: z.enum(['wait', 'no-room', 'drain', 'person']).nullable(),
  /** `bucket/key` of the file that it answers; null: not known yet, or there is none */
  object: z.string().nullable(),
  submittedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** how long each hop took, as far as it has come */
  hops: z.array(z.object({ hop: z.enum(['waited', 'crossed', 'began', 'ran']), milliseconds: z.number() })),
  /** bytes that crossed the ocean for it; null: not known */
  bytesOver: z.number().nullable(),
  /** every listing that is of it */
  seen: z.array(z.object({ cluster: z.string(), name: z.string(), state: z.string() })),
  results: z.array(z.object({ cluster: z.string(), bucket: z.string(), key: z.string(), bytes: z.number(), etag: z.string() })),
  /** nothing more is to be learnt of it */
  settled: z.boolean(),
});
export type LedgerJobView = z.infer<typeof ledgerJobSchema>;

export const ledgerQuerySchema = listQuerySchema.extend({
  /** it came there, or ran there */
  cluster: z.string().max(60).optional(),
  pair: z.string().max(60).optional(),
  service: z.string().max(100).optional(),
  state: state.optional(),
  crossed: z.enum(['true', 'false']).optional(),
  /** `true`: somebody looks on, so clusters are asked more often for some seconds */
  watch: z.enum(['true', 'false']).default('false'),
});

const stored = z.object({ bytes: z.number(), etag: z.string(), modifiedAt: z.string().nullable() }).nullable();
export const pairResultsSchema = z.object({
  places: z.array(
    z.object({
      bucket: z.string(),
      folder: z.string(),
      /** those written last first */
      objects: z.array(
        z.object({ key: z.string(), origin: stored, worker: stored, is: z.enum(['same', 'different', 'origin-only', 'worker-only']) }),
      ),
      /** there are more than are told */
      more: z.boolean(),
      /** of a side that could not be asked; then nothing is compared */
      problems: z.array(z.object({ side, problem: innerProblemSchema })),
    }),
  ),
});
export type PairResultsView = z.infer<typeof pairResultsSchema>;

export const askPlacementSchema = z.strictObject({ pair: z.string().max(60) });
const amounts = z.object({ milliCores: z.number(), memoryBytes: z.number() });
export const placementSchema = z.object({
  /** `waits`: at its origin, until there is room */
  runs: z.enum(['origin', 'worker', 'waits', 'nowhere']),
  cluster: cluster.nullable(),
  why: z.enum([
    'room-here',
    'drained',
    'full-here',
    'too-large-here',
    'full-on-both',
    'closed',
    'against-rule',
    'worker-silent',
    'too-large-there',
    'too-large-anywhere',
    'origin-silent',
  ]),
  /** most seconds until it is handed on; null: it is not */
  withinSeconds: z.number().nullable(),
  needs: amounts.extend({ gpu: z.boolean() }),
  sides: z.array(
    z.object({
      side,
      cluster,
      /** it has room for such a job now */
      room: z.boolean(),
      /** on the machine that has most left; null: it does not tell */
      free: amounts.nullable(),
      problem: innerProblemSchema.nullable(),
    }),
  ),
});
export type PlacementView = z.infer<typeof placementSchema>;
