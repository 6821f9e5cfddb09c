import { type AgentConfig, type AgentMessage, preparationStep, type Run, type Step } from '@/lib/nodes/protocol';
import type { AgentRecord } from '../state/records';
import { tell } from './script';

type Spoken = AgentMessage extends infer M ? (M extends AgentMessage ? Omit<M, 'seq' | 'at'> : never) : never;

/** How a step is made to go wrong. */
export interface StepFault {
  exitCode: number;
  complaint: string;
}

export interface Surroundings {
  config: AgentConfig;
  facts: Record<string, string | number | boolean>;
  now: number;
  /** asked once when a step begins */
  faultOf: (step: string) => StepFault | null;
}

/**
 * What an agent says next, and how long it then takes (milliseconds at normal speed). `identity`: it makes itself known first; `bundle`: it asks
 * for its steps first.
 */
export interface Move {
  say: Spoken[];
  restMs: number;
  wants?: 'identity' | 'bundle';
}

const LINES_A_CHUNK = 4;

/** What the agent itself does first, told in the words of the real one (lib/nodes/agent/machine.py). */
function preparation({ config, facts }: Surroundings): Step {
  const disks = config.mounts.flatMap(({ serial, path }, index) => {
    const device = `/dev/vd${String.fromCharCode('b'.charCodeAt(0) + index)}`;
    return [`Making an ext4 file system on the blank disk ${device}.`, `The volume ${serial} is mounted at ${path} (${device}).`];
  });
  const opened =
    facts.virtualization === 'none' ? `Opened ${config.firewall.length} rules in firewalld.` : 'No firewall runs on this machine.';
  const script = [...disks, ...(config.firewall.length > 0 ? [opened] : [])].map((line) => `log '${line.replaceAll("'", '')}'`).join('\n');
  const none = { env: {}, secretEnv: [], downloads: [] };
  return { name: preparationStep, title: 'Prepare the machine', script, timeoutSeconds: 600, attempts: 2, ...none };
}

/** A new agent, on a machine that has just been made. */
export function newAgent(): AgentRecord {
  return {
    done: [],
    current: null,
    finished: null,
    runs: 0,
    run: 0,
    seq: 0,
    unsent: [],
    failures: 0,
    identity: null,
    bundle: null,
    life: 0,
  };
}

/** One move of an agent, which `agent` then has made. Follows the order of the real one (lib/nodes/agent). */
export function nextMove(agent: AgentRecord, around: Surroundings): Move {
  if (!agent.identity?.known) return { say: [], restMs: 100, wants: 'identity' };
  if (agent.seq === 0 && agent.unsent.length === 0) return { say: [{ type: 'facts', facts: around.facts }], restMs: 300 };
  if (agent.finished !== null) return { say: [], restMs: agent.finished ? 30_000 : 8_000 };
  if (agent.current) return goOn(agent, agent.current, around);
  const next = unfinished(agent, [preparation(around), ...(agent.bundle?.steps ?? [])]);
  if (next) return begin(agent, next, 1, around);
  if (!agent.bundle?.complete) return { say: [], restMs: 1_000, wants: 'bundle' };
  agent.finished = true;
  return { say: [{ type: 'finished', run: agent.run, ok: true }], restMs: 10_000 };
}

/** Runs steps again, as was asked: from one on, or only some; heeded only while nothing runs that does not end for it. @returns whether it is */
export function startAgain(agent: AgentRecord, { from, only, number, ends }: Run): boolean {
  if (number !== undefined && number <= agent.run) return false;
  if (agent.finished === null && !ends) return false;
  agent.run = number ?? agent.run;
  const at = agent.done.indexOf(from);
  if (only) agent.done = agent.done.filter((name) => !only.includes(name));
  else agent.done = at < 0 ? agent.done : agent.done.slice(0, at);
  agent.current = null;
  agent.finished = null;
  agent.bundle = null;
  agent.runs += 1;
  return true;
}

/** What a restart of the machine does to the step that was running. */
export function interrupt(agent: AgentRecord): void {
  if (!agent.current) return;
  agent.current.attempt += 1;
  agent.current.told = 0;
  agent.current.interrupted = true;
}

const unfinished = (agent: AgentRecord, steps: Step[]) => steps.find((step) => !agent.done.includes(step.name));

function begin(agent: AgentRecord, step: Step, attempt: number, around: Surroundings): Move {
  const fault = step.name === preparationStep ? null : around.faultOf(step.name);
  agent.current = {
    step: step.name,
    attempt,
    told: 0,
    exitCode: fault?.exitCode ?? 0,
    complaint: fault?.complaint ?? null,
    began: around.now,
    interrupted: false,
  };
  return { say: [{ type: 'step-started', run: agent.run, step: step.name, attempt }], restMs: 250 };
}

function goOn(agent: AgentRecord, current: NonNullable<AgentRecord['current']>, around: Surroundings): Move {
  const steps = [preparation(around), ...(agent.bundle?.steps ?? [])];
  const step = steps.find((one) => one.name === current.step);
  if (!step) {
    agent.current = null;
    return { say: [], restMs: 100 };
  }
  if (current.interrupted) {
    current.interrupted = false;
    current.began = around.now;
    const text = 'The machine or its agent was restarted while this step ran; it begins again.\n';
    return {
      say: [
        { type: 'output', step: step.name, text },
        { type: 'step-started', run: agent.run, step: step.name, attempt: current.attempt },
      ],
      restMs: 250,
    };
  }
  const telling = tell(step, { answers: { nproc: String(around.facts.cpus ?? '') }, mounts: around.config.mounts.map(({ path }) => path) });
  const chunks = Math.max(1, Math.ceil(telling.lines.length / LINES_A_CHUNK));
  // a step that fails does so half-way
  const last = current.exitCode === 0 ? chunks : Math.ceil(chunks / 2);
  if (current.told < last) {
    const lines = telling.lines.slice(current.told * LINES_A_CHUNK, (current.told + 1) * LINES_A_CHUNK);
    current.told += 1;
    const text = lines.map((line) => `[${new Date(around.now).toISOString().slice(11, 19)}] ${line}\n`).join('');
    return { say: text ? [{ type: 'output', step: step.name, text }] : [], restMs: (telling.seconds * 1000) / chunks };
  }
  return end(agent, step, current, telling.outputs, around);
}

function end(
  agent: AgentRecord,
  step: Step,
  current: NonNullable<AgentRecord['current']>,
  outputs: Record<string, string>,
  around: Surroundings,
): Move {
  const ok = current.exitCode === 0;
  const again = !ok && current.attempt < step.attempts;
  const say: Spoken[] = [];
  if (step.name === preparationStep && agent.identity) say.push({ type: 'host-key', key: agent.identity.hostKey });
  if (current.complaint) say.push({ type: 'output', step: step.name, text: `${current.complaint}\n` });
  if (ok && Object.keys(outputs).length > 0) say.push({ type: 'outputs', run: agent.run, step: step.name, values: outputs });
  const seconds = Math.max(0.1, Math.round((around.now - current.began) / 100) / 10);
  say.push({ type: 'step-ended', run: agent.run, step: step.name, attempt: current.attempt, exitCode: current.exitCode, seconds, again });
  agent.current = null;
  if (ok) agent.done.push(step.name);
  else if (again) {
    const next = begin(agent, step, current.attempt + 1, around);
    return { say: [...say, ...next.say], restMs: next.restMs + 1_000 };
  } else {
    agent.finished = false;
    say.push({ type: 'finished', run: agent.run, ok: false, step: step.name });
  }
  return { say, restMs: 200 };
}
