import type ssh2 from 'ssh2';
import type { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { storable } from '@/lib/core/storable';
import {
  type AgentMessage,
  type Bundle,
  bundleFile,
  type Identity,
  identityFile,
  identitySchema,
  messageSchema,
  type QueueReport,
  queueFile,
  queueReportSchema,
  type Run,
  runFile,
  spoolFile,
  takenFile,
} from '../protocol';
import { connect, type ShellTarget } from './connection';
import { type ExecOptions, type ExecResult, execute } from './execute';

/** Most bytes of messages in one answer; the next call gives what follows. */
const SPOOL_BYTES = 512 * 1024;
const SPOOL_LINES = 500;
const IDENTITY_BYTES = 4096;
/** what was written longer ago says nothing of now */
const QUEUE_MINUTES = 3;

/** A login on one node, kept open. */
export interface NodeShell {
  readonly client: ssh2.Client;
  /** the one of the expected host keys with which the node answered */
  readonly hostKey: string;
  /** Runs a command as the login user. */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /** The agent's messages after `seq`, in order; at most 500, so ask again until none comes. None while the agent has not started. */
  readMessages(after: number): Promise<AgentMessage[]>;
  /** What the agent has made to be known by; null while it has not begun. */
  readIdentity(): Promise<Identity | null>;
  /** Tells the agent that its identity is stored. */
  putTaken(identity: Identity): Promise<void>;
  /** Hands the agent its steps, all at once or not at all. */
  putBundle(bundle: Secret<Bundle>): Promise<void>;
  /** Takes back the steps that it was handed: an agent that has ended its run needs none. */
  forgetBundle(): Promise<void>;
  /** Asks the agent to run steps again. It takes note within a second or two, if nothing runs then. */
  requestRun(run: Run): Promise<void>;
  /** What the node tells of a group's queue; null where it has told nothing within the last minutes, by its own clock. */
  readQueue(group: string): Promise<QueueReport | null>;
  /** Whether the connection still stands. */
  isOpen(): boolean;
  close(): void;
}

/**
 * Logs in on a node. Both hops are checked against their pinned host keys before anything is sent.
 * @param via the open shell of the node through which this one is reached; it is left open
 * @throws AppError `node-unreachable`
 */
export async function openNodeShell(target: ShellTarget, via?: NodeShell): Promise<NodeShell> {
  const { client, hostKey } = await connect(target, via?.client);
  let open = true;
  client.once('close', () => {
    open = false;
  });
  const exec = (command: string, options?: ExecOptions) => execute(client, target, command, options);
  const asRoot = async (script: string, input?: string) => {
    const result = await exec(`sudo -n sh -c ${quote(script)}`, { input, timeoutSeconds: 60, maxBytes: SPOOL_BYTES + 1024 });
    if (result.code !== 0) throw refused(target, result);
    return result.stdout;
  };
  return {
    client,
    hostKey,
    exec,
    // The spool holds one message a line, and line N has `seq` N. What is still being written has no line end yet.
    readMessages: async (after) => {
      const script = `[ ! -e ${spoolFile} ] || tail -n +${Math.trunc(after) + 1} ${spoolFile} | head -n ${SPOOL_LINES} | head -c ${SPOOL_BYTES}`;
      return parseSpool(await asRoot(script), target);
    },
    readIdentity: async () => {
      const text = await asRoot(`[ ! -e ${identityFile} ] || head -c ${IDENTITY_BYTES} ${identityFile}`);
      return text === '' ? null : understood(identitySchema.safeParse(readJson(text)), identityFile, target);
    },
    putTaken: ({ token }) => write(asRoot, takenFile, JSON.stringify({ token })),
    putBundle: (bundle) => write(asRoot, bundleFile, JSON.stringify(bundle.reveal())),
    forgetBundle: async () => void (await asRoot(`rm -f ${bundleFile} ${bundleFile}.part`)),
    requestRun: (run) => write(asRoot, runFile, JSON.stringify(run)),
    readQueue: async (group) => {
      const file = quote(queueFile(group));
      const text = await asRoot(`[ ! -e ${file} ] || find ${file} -mmin -${QUEUE_MINUTES} -exec head -c ${SPOOL_BYTES} {} ';'`);
      return text === '' ? null : understood(queueReportSchema.safeParse(readJson(text)), queueFile(group), target);
    },
    isOpen: () => open,
    close: () => client.end(),
  };
}

async function write(asRoot: (script: string, input: string) => Promise<string>, file: string, text: string): Promise<void> {
  await asRoot(`umask 077 && cat > ${file}.part && mv -f ${file}.part ${file}`, text);
}

function parseSpool(text: string, target: ShellTarget): AgentMessage[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(Boolean).map((line) => understood(messageSchema.safeParse(readJson(line)), spoolFile, target));
}

function understood<T>(parsed: z.ZodSafeParseResult<T>, file: string, target: ShellTarget): T {
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: 'node-unreachable',
    title: 'The node tells something that Transat does not understand',
    detail: `What stands in ${file} on ${target.address} has not the agreed form.`,
    cause: 'The agent on the node was changed, or is of another version.',
    remedy: 'Deploy the node again.',
    upstream: { service: 'agent', message: parsed.error.message.slice(0, 500) },
  });
}

function readJson(line: string): unknown {
  try {
    return storable(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function refused(target: ShellTarget, result: ExecResult): AppError {
  return new AppError({
    code: 'node-unreachable',
    title: 'The node lets nobody act as root',
    detail: `${target.user}@${target.address} could not read or write the agent's files.`,
    cause: `The login user needs sudo without a password, as the images of clouds have it, and a disk that is not full.`,
    remedy: 'Choose another image, or look at the node by SSH.',
    upstream: { service: 'ssh', message: result.stderr.trim().slice(-500) || `exit code ${result.code}` },
  });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
