import type { Problem } from '@/lib/core/errors';
import { type AgentMessage, preparationStep } from '@/lib/nodes/protocol';
import type { StepState } from '@/lib/store/schema';
import type { NewEvent } from '../ledger/events';
import type { Heard } from '../ledger/heard';
import type { Node } from '../ledger/ledger';
import type { ToldStep } from '../ledger/load';

import { waitingStep } from '../ledger/waiting-step';
import { isAnnounced, ofThisMachine } from './admission';
import { faultIn, readLog } from './faults/faults';
import { keepOutputs, limits, withinRoom } from './limits';

/** Seconds beyond a step's own time after which a silent node counts as lost. */
const grace = 300;

/**
 * What a node's messages make of it. Pure. Messages that are stored already are passed over, and nothing is taken after a
 * gap, so that the agent sends the missing ones again. What says nothing new, and what is of no step of the plan, is taken and makes nothing;
 * beyond its {@link limits} nothing more is kept.
 * @param tooLarge names of outputs that were left out, by the message's `seq`
 * @param printed the end of what the step printed that these messages say to have failed, as it was stored before
 */
export function hear(
  before: Node,
  steps: readonly ToldStep[],
  messages: AgentMessage[],
  now: Date,
  tooLarge: ReadonlyMap<number, string[]> = new Map(),
  printed = '',
): Heard {
  const node: Node = { ...before, steps: before.steps.map((step) => ({ ...step })), heard_at: now };
  const heard: Heard = { node, events: [], lines: [], changed: before.heard_at === null };
  if (node.state === 'booting' || node.state === 'unreachable' || node.state === 'building') revive(node);
  for (const message of following(messages, node.seq)) {
    node.seq = message.seq;
    if (message.type !== 'output') heard.changed = true;
    take(heard, steps, message, { tooLarge: tooLarge.get(message.seq) ?? [], heardBefore: before.heard_at, printed });
  }
  limit(heard);
  // what still arrives from a machine on its way out changes nothing
  if (before.state === 'deleting' || before.state === 'stopped') node.state = before.state;
  heard.changed ||= node.state !== before.state;
  node.deadline_at = isAtWork(node) ? new Date(now.getTime() + patience(node, steps) * 1000) : null;
  return heard;
}

/** Those of a node's messages that follow what is stored, up to the first gap. Pure. */
export function following(messages: readonly AgentMessage[], seq: number): AgentMessage[] {
  const next: AgentMessage[] = [];
  for (const message of messages) {
    if (message.seq <= seq + next.length) continue;
    if (message.seq !== seq + next.length + 1) break;
    next.push(message);
  }
  return next;
}

// When a step began and ended, by when that was heard. What was told of both at once took as long as the node says, but no longer than since it was
// heard before.
function spent({ startedAt }: StepState, seconds: number, before: Date | null, now: Date): Pick<StepState, 'startedAt' | 'endedAt'> {
  const endedAt = now.toISOString();
  if (startedAt !== endedAt) return { startedAt, endedAt };
  const began = Math.max(now.getTime() - seconds * 1000, before?.getTime() ?? 0);
  return { startedAt: new Date(began).toISOString(), endedAt };
}

// After a restart the steps are done already, and a sign of life is all that comes; what it was asked for while it was away it has still to do.
function revive(node: Node): void {
  const over = node.run_from === null && node.steps.length > 0 && node.steps.every(({ state }) => state === 'done');
  const broken = node.steps.some(({ state }) => state === 'failed');
  node.state = over ? 'ready' : broken ? 'failed' : 'configuring';
  if (node.state !== 'failed') node.problem = null;
}

/** What is known of a message beside itself. */
interface Around {
  tooLarge: string[];
  heardBefore: Date | null;
  printed: string;
}

function take(heard: Heard, steps: readonly ToldStep[], message: AgentMessage, { tooLarge, heardBefore, printed }: Around): void {
  const { node, events, lines } = heard;
  if ('step' in message && message.step !== undefined && !isKnownStep(node, message.step)) return;
  if (isAboutRun(message) && !isRunning(node, message)) return;
  if (isOfEarlierRun(node, message)) return;
  const now = node.heard_at ?? new Date(message.at);
  // a machine's clock may be wrong by hours; what is to be forgotten by its age must not come from the future
  const at = new Date(Math.min(Date.parse(message.at), now.getTime()));
  const say = (level: NewEvent['level'], text: string, data: Record<string, unknown> = {}) =>
    events.push({ level, stage: 'step', subject: node.key, message: text, data: { node: node.key, ...data } });
  switch (message.type) {
    case 'facts':
      if (Object.keys(node.facts).length > 0) {
        node.facts = message.facts;
        break;
      }
      node.facts = message.facts;
      events.push({
        level: 'info',
        stage: 'node',
        subject: node.key,
        message: `${node.hostname} has started and reports in`,
        data: { node: node.key },
      });
      break;
    case 'host-key':
      if (isAnnounced(node, message.key)) node.host_key = message.key;
      break;
    case 'output':
      lines.push({ step: message.step, at, text: message.text });
      break;
    case 'step-started': {
      node.state = 'configuring';
      node.problem = null;
      // what it was asked for while it still ran is to come
      if (message.step === node.run_from) node.run_from = null;
      const step = stepOf(node, message.step);
      if (step?.state === 'running' && step.attempt === message.attempt) break;
      if (step)
        Object.assign(step, {
          state: 'running',
          attempt: message.attempt,
          startedAt: now.toISOString(),
          endedAt: undefined,
          exitCode: undefined,
        });
      // of a run of some steps only the others stay done
      if (!node.run_only) resetAfter(node, message.step);
      say('info', `${node.hostname}: ${titleOf(steps, message.step)}${message.attempt > 1 ? ` (try ${message.attempt})` : ''}`, {
        step: message.step,
      });
      break;
    }
    case 'step-ended': {
      const done = message.exitCode === 0;
      const step = stepOf(node, message.step);
      if (step && step.state !== 'running' && step.exitCode === message.exitCode && step.attempt === message.attempt) break;
      if (step)
        Object.assign(step, {
          state: done ? 'done' : message.again ? 'waiting' : 'failed',
          ...spent(step, message.seconds, heardBefore, now),
          exitCode: message.exitCode,
        });
      const data = { step: message.step, exitCode: message.exitCode, seconds: message.seconds };
      if (done) say('info', `${node.hostname}: ${titleOf(steps, message.step)} is done (${Math.round(message.seconds)} s)`, data);
      else say('warning', endOfStep(node.hostname, titleOf(steps, message.step), message), data);
      break;
    }
    case 'outputs':
      {
        const kept = keepOutputs(node.outputs, message.values);
        node.outputs = kept.outputs;
        const left = [...tooLarge, ...kept.tooLarge];
        if (left.length > 0)
          say('warning', `${node.hostname} handed back more than is kept: ${left.join(', ')} was left out`, { outputs: left });
      }
      break;
    case 'finished':
      // an agent that does not say of which run it is may not have heard of this one
      if (message.run === undefined && node.run_from !== null && node.run_only?.length !== 0) break;
      finish(heard, steps, message, printed);
  }
}

// A node that says too much is heard on: what it says is not kept any more.
function limit(heard: Heard): void {
  const { node } = heard;
  const [last] = heard.lines.slice(-1);
  const logs = withinRoom(heard.lines, node.log_bytes, limits.logBytes, ({ text }) => Buffer.byteLength(text), {
    step: last?.step ?? preparationStep,
    at: last?.at ?? heard.node.heard_at ?? new Date(0),
    text: `(This node has printed more than ${limits.logBytes / 1024 / 1024} MiB; the rest is not kept.)\n`,
  });
  const events = withinRoom(heard.events, node.events_told, limits.events, () => 1, {
    level: 'warning',
    stage: 'node',
    subject: node.key,
    message: `${node.hostname} has told ${limits.events} things since it was last begun with; the rest is not noted`,
    data: { node: node.key },
  });
  Object.assign(heard, { lines: logs.kept, events: events.kept });
  Object.assign(node, { log_bytes: logs.used, events_told: events.used });
}

function finish(
  { node, events, lines }: Heard,
  steps: readonly ToldStep[],
  { ok, step }: { ok: boolean; step?: string },
  printed: string,
): void {
  const isAgain = node.state === (ok ? 'ready' : 'failed');
  node.state = ok ? 'ready' : 'failed';
  node.run_from = null;
  if (ok) node.run_only = null;
  node.problem = ok
    ? null
    : stepFailed(node, steps, step, [printed, ...lines.filter((line) => line.step === step).map(({ text }) => text)].join('\n'));
  if (ok) node.admissions = ofThisMachine(node);
  if (isAgain) return;
  events.push({
    level: ok ? 'info' : 'error',
    stage: 'node',
    subject: node.key,
    message: ok ? `${node.hostname} is ready` : (node.problem?.title ?? `${node.hostname} could not be set up`),
    data: { node: node.key, ...(node.problem ? { problem: node.problem } : {}) },
  });
}

function stepFailed(node: Node, steps: readonly ToldStep[], step: string | undefined, printed: string): Problem {
  const title = step ? titleOf(steps, step) : 'its set-up';
  const exitCode = node.steps.find(({ name }) => name === step)?.exitCode;
  return {
    code: 'node-step-failed',
    title: `${node.hostname}: “${title}” failed`,
    detail: `On ${node.hostname} the step “${title}” ${endOf(exitCode ?? 1)}, and its tries are used up.`,
    cause: 'The last lines of the step’s log say what went wrong on the machine.',
    remedy: readLog,
    ...faultIn(printed),
  };
}

function endOfStep(hostname: string, title: string, { exitCode, again }: { exitCode: number; again?: boolean }): string {
  const line = exitCode === 124 ? `${hostname}: ${title} ran out of time` : `${hostname}: ${title} ended with code ${exitCode}`;
  return again ? `${line}; it is tried again` : line;
}

function endOf(exitCode: number): string {
  return exitCode === 124 ? 'ran out of time' : `ended with code ${exitCode}`;
}

// The agent's own preparation is no step of the plan, but failing there is told the same way.
function titleOf(steps: readonly ToldStep[], step: string): string {
  return steps.find(({ name }) => name === step)?.title ?? (step === preparationStep ? 'Prepare the machine' : step);
}

function stepOf(node: Node, name: string): StepState | undefined {
  return node.steps.find((step) => step.name === name);
}

// A step that starts again puts off all that come after it.
function resetAfter(node: Node, name: string): void {
  const index = node.steps.findIndex((step) => step.name === name);
  if (index < 0) return;
  node.steps = node.steps.map((step, at) => (at > index ? waitingStep(step) : step));
}

function isKnownStep(node: Node, name: string): boolean {
  return name === preparationStep || stepOf(node, name) !== undefined;
}

function isAboutRun({ type }: AgentMessage): boolean {
  return type === 'step-started' || type === 'step-ended' || type === 'finished';
}

// Steps of several runs may have one name, and what was told of an earlier run may arrive when another was asked for.
function isOfEarlierRun({ run_number: number }: Node, message: AgentMessage): boolean {
  return 'run' in message && message.run !== undefined && message.run !== number;
}

// A run that is over stays so until somebody asks for another: whoever has taken a machine over would be handed its secrets again.
function isRunning({ state, steps, run_from }: Node, { type }: AgentMessage): boolean {
  if (state === 'ready' || state === 'failed') return false;
  if (run_from !== null) return true;
  return type === 'finished' || steps.length === 0 || steps.some((step) => step.state !== 'done');
}

function isAtWork({ state }: Node): boolean {
  return state === 'configuring';
}

/** Seconds that a node at work may be silent: the time of the step that runs or is next, and some. */
export function patience(node: Node, steps: readonly ToldStep[]): number {
  const current = node.steps.find(({ state }) => state === 'running') ?? node.steps.find(({ state }) => state !== 'done');
  return (steps.find(({ name }) => name === current?.name)?.timeoutSeconds ?? grace) + grace;
}
