import { z } from 'zod';
import { innerProblemSchema } from './common';
import { givenServiceSchema } from './services';

const clusterRef = z.object({
  /** null: none of yours */
  id: z.string().nullable(),
  name: z.string(),
  region: z.enum(['eu', 'us', 'other']).nullable(),
  dialect: z.enum(['3.5', '3.6', '4.0', '4.1']).nullable(),
});
const sideName = z.enum(['origin', 'worker']);

const hop = z.enum(['arming', 'put', 'waiting', 'crossed', 'running', 'written-there', 'verified', 'failed']);
const proofSchema = z.object({
  /** `arming`, then where the file is on its way, then `verified` or `failed` */
  state: hop,
  startedAt: z.string(),
  /** null: it goes on, or what was made for it is being taken away */
  endedAt: z.string().nullable(),
  /** how long each hop took */
  hops: z.array(z.object({ from: hop, to: hop, milliseconds: z.number() })),
  /** names of jobs, ETags of results */
  evidence: z.record(z.string(), z.string()),
  /** why it failed, where it was seen to */
  failure: z
    .enum([
      'never-seen',
      'not-handed-on',
      'manager-crashed',
      'job-failed',
      'no-output',
      'origin-output-missing',
      'worker-output-missing',
      'stuck',
    ])
    .nullable(),
  problem: innerProblemSchema.nullable(),
});
export type ProofView = z.infer<typeof proofSchema>;

const jobCounts = z.object({ done: z.number(), failed: z.number(), running: z.number(), waiting: z.number() });

export const pairSchema = z.object({
  /** null: made elsewhere, and known by the definitions of its services */
  id: z.string().nullable(),
  /** of the service, on both clusters */
  name: z.string(),
  /** `broken`: something of it could not be taken out; DELETE tries again. `undone`: making it was cut off, and what was made was taken back */
  state: z.enum(['making', 'standing', 'removing', 'broken', 'undone']),
  origin: clusterRef,
  worker: clusterRef,
  thresholdSeconds: z.number().nullable(),
  problem: innerProblemSchema.nullable(),
  proof: proofSchema.nullable(),
  createdAt: z.string().nullable(),
  /** the origin had its service before, and keeps it when the pair is taken out */
  inPlace: z.boolean(),
  /** how the worker was seen; `open` and `half-open`: the origin hands it nothing. null: nobody has looked yet */
  watch: z
    .object({
      state: z.enum(['watching', 'closed', 'failing', 'open', 'half-open']),
      since: z.string(),
      /** when it answered last; null: never yet */
      answeredAt: z.string().nullable(),
    })
    .nullable(),
  /** what the origin was told last: `whole` hands on what waits too long, `closed` nothing, `away` all that comes */
  sharing: z.enum(['whole', 'closed', 'away']),
  /** the origin was seen to be so */
  settled: z.boolean(),
  /** a side that is left in peace; `until`: of a drill */
  drain: z.object({ side: sideName, since: z.string(), until: z.string().nullable(), drill: z.boolean() }).nullable(),
  /** whether its refresh token is kept here: until you have it forgotten, or until the drain that it was given for is over */
  token: z.enum(['kept', 'for-drain']).nullable(),
  /** what the last drill found: jobs that came meanwhile, by what had become of them at its end; null where a cluster did not tell */
  drill: z
    .object({
      startedAt: z.string(),
      endedAt: z.string(),
      worker: jobCounts.nullable(),
      origin: jobCounts.nullable(),
      /** the worker did not answer meanwhile */
      silent: z.boolean(),
    })
    .nullable(),
});
export type PairView = z.infer<typeof pairSchema>;

const refreshToken = z.string().trim().min(1).max(10_000).optional();
export const newPairSchema = z.strictObject({
  /** your cluster that files arrive at, and the one that takes what it has no room for */
  origin: z.string().max(60),
  worker: z.string().max(60),
  service: givenServiceSchema.pick({
    name: true,
    image: true,
    script: true,
    cpu: true,
    memory: true,
    gpu: true,
    vo: true,
    input: true,
    output: true,
    variables: true,
  }),
  /** `true`: the origin has a service of that name, which stays as it is and is shared; of `service` nothing else counts */
  inPlace: z.boolean().default(false),
  thresholdSeconds: z.number().int().min(1).max(86_400).default(60),
  /** write-only; for an origin of 4.1, which keeps it */
  refreshToken,
  /** `true`: Transat keeps it, too, sealed, so that it can prove the pair at night and drain its origin */
  keepToken: z.boolean().default(false),
});
export type NewPairBody = z.input<typeof newPairSchema>;

export const newPairQuerySchema = z.object({
  /** `true`: says what would be done and what stands against it, and does nothing */
  dryRun: z.enum(['true', 'false']).default('false'),
});
export const removePairQuerySchema = z.object({
  /** `true`: both services stay, each for itself */
  keep: z.enum(['true', 'false']).default('false'),
});
export const provePairSchema = z.strictObject({
  /** write-only; for an origin of 4.1 of which none is kept; not kept */
  refreshToken,
});

const findingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  about: z.enum([
    'name',
    'name-taken',
    'cpu',
    'memory',
    'image-refused',
    'vo',
    'no-vo',
    'input-folder',
    'input-provider',
    'bucket-name',
    'bucket-taken',
    'overlap',
    'too-large-for-nodes',
    'no-gpu',
    'minio-private',
    'minio-silent',
    'not-ready',
    'clock',
    'script-large',
    'kueue',
    'private-by-token',
    'handed-on-waits',
    'stays-by-rule',
    'far-by-rule',
  ]),
  values: z.record(z.string(), z.string().or(z.number())),
});
export const pairPlanSchema = z.object({
  /** nothing stands against it */
  ready: z.boolean(),
  /** why these two can’t be a pair at all; null: they can */
  refused: z
    .enum([
      'no-refresh-token',
      'no-common-issuer',
      'needs-password',
      'needs-sign-in',
      'same-cluster',
      'no-service',
      'paired-already',
      'has-secrets',
    ])
    .nullable(),
  sides: z.array(
    z.object({
      side: sideName,
      cluster: clusterRef,
      findings: z.array(findingSchema),
      /** it could not be asked */
      problem: innerProblemSchema.nullable(),
    }),
  ),
  /** in the order in which they are made */
  calls: z.array(
    z.object({
      side: sideName,
      cluster: z.string(),
      does: z.enum(['create', 'update', 'federate']),
      undo: z.enum(['delete', 'unshare']).nullable(),
    }),
  ),
});
export type PairPlanView = z.infer<typeof pairPlanSchema>;

export const pairStatusSchema = z.object({
  sides: z.array(
    z.object({
      side: sideName,
      /** `open`: the origin may hand jobs on; `closed`: it may not */
      is: z.enum(['open', 'closed', 'there', 'gone', 'silent']),
      problem: innerProblemSchema.nullable(),
    }),
  ),
  /** a rule that it breaks, since that was set later: whose, where it holds, and on which shore that stays; null: none */
  against: z
    .object({ by: z.enum(['operator', 'person']), bucket: z.string(), prefix: z.string(), stays: z.enum(['eu', 'us', 'other']) })
    .nullable(),
});
export type PairStatusView = z.infer<typeof pairStatusSchema>;

export const drainPairSchema = z.strictObject({
  /** `origin`: all new work goes to the worker; `worker`: nothing is handed on */
  side: sideName.default('origin'),
  /** write-only; for an origin of 4.1 of which none is kept: kept until the drain is over */
  refreshToken,
});
export const drillPairSchema = z.strictObject({
  /** write-only; as of a drain */
  refreshToken,
});
export const pairTokenSchema = z.strictObject({
  /** write-only */
  refreshToken: refreshToken.unwrap(),
});

export const pairEventSchema = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum([
    'silent',
    'answers',
    'taken-out',
    'put-back',
    'moved-away',
    'change-failed',
    'drain-begun',
    'drain-ended',
    'drill-begun',
    'drill-ended',
    'threshold',
    'proved',
    'proof-failed',
    'cluster-gone',
  ]),
  /** what the sentence names */
  values: z.record(z.string(), z.string().or(z.number())),
  problem: innerProblemSchema.nullable(),
});
export type PairEventView = z.infer<typeof pairEventSchema>;

const seenJobs = z.object({ jobs: z.number(), begin: z.number().nullable(), run: z.number().nullable() });
const thresholdSeconds = z.number().int().min(1).max(86_400);
export const thresholdQuerySchema = z.object({
  /** seconds to judge; those of now where left out */
  seconds: z.coerce.number().int().min(1).max(86_400).optional(),
  /** `true`: the origin is to grow before work leaves it */
  grow: z.enum(['true', 'false']).default('false'),
});
export const thresholdAdviceSchema = z.object({
  thresholdSeconds: z.number(),
  /** between which a job really leaves */
  shortest: z.number(),
  longest: z.number(),
  about: z.array(z.enum(['below-beat', 'below-image-pull', 'leaves-before-growing', 'grows-before-leaving', 'longer-than-running'])),
  /** null: it is good as it is */
  recommended: z.number().nullable(),
  /** from the wish for one more machine to one that takes jobs; null: not known */
  nodeBootSeconds: z.number().nullable(),
  imagePullSeconds: z.number().nullable(),
  runSeconds: z.number().nullable(),
  /** jobs that ran there, the longest time until one began, and how long they run as a rule, in seconds; null: it does not tell */
  seen: z.object({ origin: seenJobs.nullable(), worker: seenJobs.nullable() }),
});
export type ThresholdAdviceView = z.infer<typeof thresholdAdviceSchema>;
export const changePairSchema = z.strictObject({
  thresholdSeconds,
  /** write-only; for an origin of 4.1 of which none is kept; not kept */
  refreshToken,
});
export const pairChangeSchema = z.object({ changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })) });
export type PairChangeView = z.infer<typeof pairChangeSchema>;
