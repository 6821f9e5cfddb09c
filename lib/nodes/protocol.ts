import { z } from 'zod';

/**
 * What a node's agent and Transat say to each other. The same messages travel over both channels: the agent posts
 * them to {@link agentPath} (first choice), or Transat reads them over SSH from {@link spoolFile}.
 */
export const agentVersion = 1;
export const agentDirectory = '/var/lib/transat';
/** the agent's configuration on the node: {@link agentConfigSchema} as JSON, mode 0600 */
export const configFile = `${agentDirectory}/config.json`;
/** steps that did not fit into user data: {@link bundleSchema} as JSON; the agent waits for it where `config.bundle` is `later` */
export const bundleFile = `${agentDirectory}/bundle.json`;
/** one message a line, as JSON, in the order of `seq`, kept until the node is gone */
export const spoolFile = `${agentDirectory}/messages.jsonl`;
/** what is asked of an agent over SSH: {@link runSchema} as JSON; the agent removes it when it has taken note */
export const runFile = `${agentDirectory}/run.json`;
/** name of the step in which the agent itself readies the machine (names, disks, firewall, proxy) before the recipe's steps */
export const preparationStep = 'transat.prepare';
/**
 * POST: a batch of messages; an empty one asks for the `ack`, and is the sign of life once all is done.
 * GET `${agentPath(id)}/bundle`: the bundle, or 404 while it is not known. Bearer token of the node.
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

/** All steps of the node, those that already ran included. */
export const bundleSchema = z.object({ steps: z.array(stepSchema) });

/** Start again from this step; steps that were done before it stay done. Heeded only while no step runs. */
const runSchema = z.object({ from: z.string() });

export const agentConfigSchema = z.object({
  version: z.literal(agentVersion),
  nodeId: z.string(),
  node: z.string(),
  hostname: z.string(),
  /**
   * null: no call-back address can be reached from a node; Transat comes by SSH.
   * `url`: the whole address to post to, {@link agentPath} included. `ca`: PEM of further certificate authorities.
   */
  callback: z.object({ url: z.string(), token: z.string(), ca: z.string().optional() }).nullable(),
  mirror: z.string().optional(),
  registryMirror: z.string().optional(),
  /** HTTP proxy through which the node reaches the world; absent: as the image is set */
  proxy: z.string().optional(),
  /** all nodes of the deployment, this one too, for /etc/hosts: hostname → the address under which this node reaches it */
  peers: z.record(z.string(), z.string()),
  /** `serial`: the volume's id in the cloud; the disk shows it, or its first 20 characters */
  mounts: z.array(z.object({ serial: z.string(), path: z.string() })),
  firewall: z.array(
    z.object({
      protocol: z.enum(['tcp', 'udp', 'icmp']),
      fromPort: z.number().optional(),
      toPort: z.number().optional(),
      cidr: z.string().optional(),
    }),
  ),
  bundle: z.enum(['inline', 'later']),
  /** where `bundle` is `inline` all of them, where it is `later` those at the beginning that can run already (or none) */
  steps: z.array(stepSchema).optional(),
});

const common = { seq: z.number().int().positive(), at: z.iso.datetime() };

export const messageSchema = z.discriminatedUnion('type', [
  /** the first message: what the machine is */
  z.object({ ...common, type: z.literal('facts'), facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
  z.object({ ...common, type: z.literal('step-started'), step: z.string(), attempt: z.number().int() }),
  /** one or more lines that a step printed, with secrets already masked */
  z.object({ ...common, type: z.literal('output'), step: z.string(), text: z.string().max(65_536) }),
  z.object({
    ...common,
    type: z.literal('step-ended'),
    step: z.string(),
    attempt: z.number().int(),
    /** 0: done; 124: its time ran out */
    exitCode: z.number().int(),
    seconds: z.number(),
    /** whether the agent will try again by itself */
    again: z.boolean(),
  }),
  /** what a step wrote to $TRANSAT_OUTPUTS (`name=value` lines; `name<<EOF` for several lines) */
  z.object({ ...common, type: z.literal('outputs'), step: z.string(), values: z.record(z.string(), z.string()) }),
  /** the last message: all steps done (`ok`), or given up at `step` */
  z.object({ ...common, type: z.literal('finished'), ok: z.boolean(), step: z.string().optional() }),
]);

export const batchSchema = z.object({ messages: z.array(messageSchema).max(500) });

/** `ack`: every message up to this `seq` is stored. `run`: start again from this step (a person asked for a retry). */
export const batchAnswerSchema = z.object({ ack: z.number().int(), run: runSchema.optional() });

export type Bundle = z.infer<typeof bundleSchema>;
export type Step = z.infer<typeof stepSchema>;
export type AgentConfig = z.infer<typeof agentConfigSchema>;
export type AgentMessage = z.infer<typeof messageSchema>;
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
