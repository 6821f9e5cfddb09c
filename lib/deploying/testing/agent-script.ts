import { Secret } from '@/lib/core/secret';
import type { Vault } from '@/lib/credentials/types';
import { type AgentMessage, agentKnows } from '@/lib/nodes/protocol';
import type { Node } from '../ledger/ledger';
import type { FakeAgent } from './fake-agent';

/** States in which a node may have something to say. */
export const speaking: Node['state'][] = ['booting', 'configuring'];

/** Whether a node would say something now: it has booted, or its steps were asked for again. */
export function mightSpeak({ state, run_from }: Node): boolean {
  return state === 'booting' || (state === 'configuring' && run_from !== null);
}

/** Has the agent of a node introduce itself, do its steps and report. */
export async function speak(agent: FakeAgent, node: Node, at: Date, fails = false): Promise<void> {
  const restarted = node.steps.every((step) => step.state === 'done');
  await agent.introduce();
  const again =
    node.run_from !== null && restarted
      ? [{ seq: node.seq + 1, at: at.toISOString(), type: 'finished', run: node.run_number, ok: true } as const]
      : [];
  await agent.say(restarted ? again : script(node, agent, at.toISOString(), fails));
}

function script({ key, seq, steps, run_number: run }: Node, { identity }: FakeAgent, at: string, fails: boolean): AgentMessage[] {
  const left = steps.filter(({ state }) => state !== 'done').map(({ name }) => name);
  const todo = fails ? left.slice(0, 1) : left;
  return [
    { seq: seq + 1, at, type: 'facts', facts: { cores: 2, agent: agentKnows } },
    { seq: seq + 2, at, type: 'host-key', key: identity.hostKey },
    ...todo.flatMap((step, index): AgentMessage[] => [
      { seq: seq + 3 + 4 * index, at, type: 'step-started', run, step, attempt: 1 },
      { seq: seq + 4 + 4 * index, at, type: 'output', step, text: 'hello' },
      { seq: seq + 5 + 4 * index, at, type: 'outputs', run, step, values: { told: `by ${key}` } },
      { seq: seq + 6 + 4 * index, at, type: 'step-ended', run, step, attempt: 1, exitCode: fails ? 3 : 0, seconds: 1, again: false },
    ]),
    { seq: seq + 3 + 4 * todo.length, at, type: 'finished', run, ok: !fails, ...(fails ? { step: todo.at(-1) } : {}) },
  ];
}

type Said = AgentMessage extends infer M ? (M extends AgentMessage ? Omit<M, 'seq' | 'at'> : never) : never;

/** Numbers what an agent says from then on. */
export function numbered(seq: number, now: Date): (...said: Said[]) => AgentMessage[] {
  let last = seq;
  // the parts of a message and its number make the message again; TypeScript can't follow that through the union
  return (...said) => said.map((one) => ({ ...one, seq: ++last, at: now.toISOString() }) as AgentMessage);
}

/** Keeps what it is given as it is, so that tests can look into it. */
export const plainVault: Vault = {
  seal: async (_userId, _record, _kind, plaintext) => Buffer.from(plaintext.reveal()),
  open: async (_userId, _record, _kind, sealed) => new Secret(Buffer.from(sealed).toString()),
};
