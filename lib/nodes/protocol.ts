import { z } from 'zod';

/**
 * What a node's agent and Transat say to each other. The same messages travel over both channels: the agent posts
 * them to {@link agentPath} (first choice), or Transat reads them over SSH from {@link spoolFile}.
 */
export const agentVersion = 2;
export const agentDirectory = '/var/lib/transat';
/** the agent's configuration on the node: {@link agentConfigSchema} as JSON, mode 0600. It comes with the user data, so it holds nothing that lasts */
export const configFile = `${agentDirectory}/config.json`;
/** what the agent has made for itself: {@link identitySchema} as JSON; the private halves lie beside it, and never leave the node */
export const identityFile = `${agentDirectory}/identity.json`;
/** where nothing can be called back: Transat has stored the agent's identity (`{ token }` as JSON, that of the identity) */
export const takenFile = `${agentDirectory}/taken.json`;
/** the steps, where nothing can be called back: {@link bundleSchema} as JSON */
export const bundleFile = `${agentDirectory}/bundle.json`;
/** one message a line, as JSON, in the order of `seq`, kept until the node is gone */
export const spoolFile = `${agentDirectory}/messages.jsonl`;
/** what is asked of an agent over SSH: {@link runSchema} as JSON; the agent removes it when it has taken note */
export const runFile = `${agentDirectory}/run.json`;
/** what a node tells of the queue of a group, where nothing can be called back: {@link queueReportSchema} as JSON, written anew all the while */
export const queueFile = (group: string) => `${agentDirectory}/queue-${group}.json`;
/** name of the step in which the agent itself readies the machine (host key, names, disks, firewall, proxy) before the recipe's steps */
export const preparationStep = 'transat.prepare';
/**
 * POST `${agentPath(id)}/identity`: the agent makes itself known, with the one-time token of its user data.
 * POST: a batch of messages; an empty one asks for the `ack`, and is the sign of life once all is done.
 * GET `${agentPath(id)}/bundle?have=N`: its steps, or 404 while no more than N are known. Both with the token that the agent has made.
 */
export const agentPath = (nodeId: string) => `/api/v1/agent/${nodeId}`;

const downloadSchema = z.object({
  url: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  version: z.string(),
  kind: z.enum(['file', 'image']),
});

const stepSchema = z.object({
  name: z.string(),
  title: z.string(),
  script: z.string(),
  /** resolved: only text */
  env: z.record(z.string(), z.string()),
  /** names in `env` whose values are secret: the agent masks them in all that the step prints */
  secretEnv: z.array(z.string()).default([]),
  downloads: z.array(downloadSchema),
  timeoutSeconds: z.number(),
  attempts: z.number(),
});

const firewallSchema = z.array(
  z.object({
    protocol: z.enum(['tcp', 'udp', 'icmp']),
    fromPort: z.number().optional(),
    toPort: z.number().optional(),
    cidr: z.string().optional(),
  }),
);

/**
 * The steps of the node, those that already ran included. Not `complete`: the later ones need what other nodes have not told yet.
 */
export const bundleSchema = z.object({
  steps: z.array(stepSchema),
  complete: z.boolean().default(true),
  /** all nodes of the deployment as they are now, as in {@link agentConfigSchema}: they may be others than when the machine was made */
  peers: z.record(z.string(), z.string()).optional(),
  /** whom the node's own firewall lets in now, as in {@link agentConfigSchema}: what it has opened beside that is shut again */
  firewall: firewallSchema.optional(),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an agent is known by from then on: the SHA-256 of a token that it has made, and the public half of the host key that it puts in place. */
export const identitySchema = z.object({
  token: sha256,
  hostKey: z.string().regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/),
});

/** What an agent of today tells of itself among its facts (`agent`); one that tells nothing is of before, and passes over `number` and `ends` */
export const agentKnows = 3;

/**
 * Start again from this step; steps that were done before it stay done. Heeded only while no step runs. `only`: these steps and no others, even where
 * others come after them; an agent that is older than this knows nothing of it, and runs more than it must. `number`: of this run among those that the node
 * was asked for; the agent says it with what it tells of the run, and takes none twice. `ends`: what still runs is ended for it.
 */
const runSchema = z.object({
  from: z.string(),
  only: z.array(z.string()).optional(),
  number: z.number().int().optional(),
  ends: z.boolean().optional(),
});

export const agentConfigSchema = z.object({
  version: z.literal(agentVersion),
  nodeId: z.string(),
  node: z.string(),
  hostname: z.string(),
  /**
   * null: no call-back address can be reached from a node; Transat comes by SSH.
   * `url`: the whole address to post to, {@link agentPath} included. `ca`: PEM of further certificate authorities.
   */
  callback: z.object({ url: z.string(), ca: z.string().optional() }).nullable(),
  /** good for making oneself known once, and for nothing else; the agent strikes it out when that is done */
  admission: z.string().optional(),
  mirror: z.string().optional(),
  registryMirror: z.string().optional(),
  /** HTTP proxy through which the node reaches the world; absent: as the image is set */
  proxy: z.string().optional(),
  /** all nodes of the deployment, this one too, for /etc/hosts: hostname → the address under which this node reaches it */
  peers: z.record(z.string(), z.string()),
  /** `serial`: the volume's id in the cloud; the disk shows it, or its first 20 characters */
  mounts: z.array(z.object({ serial: z.string(), path: z.string() })),
  firewall: firewallSchema,
});

// what a machine says that anybody may have taken over: the sizes are those of an honest one, and some
const common = { seq: z.number().int().positive(), at: z.iso.datetime().max(40) };
const stepName = z.string().max(200);
const attempt = z.number().int().min(0).max(10_000);
/** number of the run that it is told of; 0: the first, which nobody asks for. An agent of before leaves it out */
const run = z.number().int().min(0).max(1e9).optional();
const fact = z.union([z.string().max(1000), z.number(), z.boolean()]);
const few = (most: number) => (all: object) => Object.keys(all).length <= most;

export const messageSchema = z.discriminatedUnion('type', [
  /** the first message: what the machine is */
  z.object({ ...common, type: z.literal('facts'), facts: z.record(z.string().max(64), fact).refine(few(50)) }),
  /** the machine answers by SSH with the key of the agent's identity from now on */
  z.object({ ...common, type: z.literal('host-key'), key: identitySchema.shape.hostKey }),
  z.object({ ...common, type: z.literal('step-started'), run, step: stepName, attempt }),
  /** one or more lines that a step printed, with secrets already masked */
  z.object({ ...common, type: z.literal('output'), step: stepName, text: z.string().max(32_768) }),
  z.object({
    ...common,
    type: z.literal('step-ended'),
    run,
    step: stepName,
    attempt,
    /** 0: done; 124: its time ran out; 130: called off */
    exitCode: z.number().int().min(-65_536).max(65_536),
    seconds: z.number().min(0).max(1e8),
    /** whether the agent will try again by itself */
    again: z.boolean(),
  }),
  /** what a step wrote to $TRANSAT_OUTPUTS (`name=value` lines; `name<<EOF` for several lines) */
  z.object({
    ...common,
    type: z.literal('outputs'),
    run,
    step: stepName,
    values: z.record(z.string().max(200), z.string()).refine(few(500)),
  }),
  /** the last message: all steps done (`ok`), or given up at `step` */
  z.object({ ...common, type: z.literal('finished'), run, ok: z.boolean(), step: stepName.optional() }),
]);

export const batchSchema = z.object({ messages: z.array(messageSchema).max(500) });

/**
 * POST `${agentPath(id)}/queue/<group>`, with the token of that group's queue: what waits for nodes of a group, and what its nodes do. `wanted`: how many nodes what
 * waits could be given at once; a node is `away` when it takes no work now.
 */
export const queueReportSchema = z.strictObject({
  waiting: z.number().int().min(0).max(1e7),
  wanted: z.number().int().min(0).max(100_000),
  machines: z.array(z.strictObject({ name: z.string().min(1).max(253), state: z.enum(['busy', 'idle', 'away']) })).max(1001),
});
export type QueueReport = z.infer<typeof queueReportSchema>;

/** `ack`: every message up to this `seq` is stored. `run`: start again from this step (a person asked for a retry). `next`: seconds until the next sign of life. */
export const batchAnswerSchema = z.object({
  ack: z.number().int(),
  run: runSchema.optional(),
  next: z.number().min(1).max(300).optional(),
});

export type Run = z.infer<typeof runSchema>;
export type Bundle = z.infer<typeof bundleSchema>;
export type Identity = z.infer<typeof identitySchema>;
export type Step = z.infer<typeof stepSchema>;
export type AgentConfig = z.infer<typeof agentConfigSchema>;
export type AgentMessage = z.infer<typeof messageSchema>;
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
