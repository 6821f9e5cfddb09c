import { Secret } from '@/lib/core/secret';
import type { Vault } from '@/lib/credentials/types';
import type { AgentMessage } from '@/lib/nodes/protocol';
import type { PlannedOutput, Value } from '@/lib/planning/types';

interface Owner {
  userId: string;
  deploymentId: string;
}

/**
 * Names of what a node's steps tell that the plan's secret outputs are made of (a kubeconfig, a file of passwords). In a
 * node's row these values are sealed, always; the others are plain.
 */
export function secretStepOutputs(outputs: readonly PlannedOutput[], node: string): Set<string> {
  return new Set(outputs.filter(({ secret }) => secret).flatMap(({ value }) => namesIn(value, node)));
}

/**
 * Names of what a node's steps tell that its plan makes something of: an output of the deployment, or what another step is given. All else is
 * nobody's business. Pure.
 */
export function wantedStepOutputs(values: readonly Value[], node: string): Set<string> {
  return new Set(values.flatMap((value) => namesIn(value, node)));
}

/** A node's messages with the secret values among their outputs sealed, as they are kept in its row. */
export async function sealStepOutputs(
  vault: Vault,
  owner: Owner,
  node: string,
  secret: Set<string>,
  messages: readonly AgentMessage[],
): Promise<AgentMessage[]> {
  const seal = async ([name, value]: [string, string]): Promise<[string, string]> => {
    if (!secret.has(name)) return [name, value];
    const sealed = await vault.seal(owner.userId, owner.deploymentId, kindOfStepOutput(node, name), new Secret(value));
    return [name, sealed.toString('base64')];
  };
  return Promise.all(
    messages.map(async (message) =>
      message.type === 'outputs'
        ? { ...message, values: Object.fromEntries(await Promise.all(Object.entries(message.values).map(seal))) }
        : message,
    ),
  );
}

/** What a node's steps told, with those secret values opened that `values` refer to; the others are left out. */
export async function openStepOutputs(
  vault: Vault,
  owner: Owner,
  node: string,
  secret: Set<string>,
  outputs: Record<string, string>,
  values: readonly Value[],
  use: string | null,
): Promise<Record<string, string>> {
  const asked = new Set(values.flatMap((value) => namesIn(value, node)));
  const entries = Object.entries(outputs)
    .filter(([name]) => !secret.has(name) || asked.has(name))
    .map(async ([name, value]): Promise<[string, string]> => {
      if (!secret.has(name)) return [name, value];
      const opened = await vault.open(owner.userId, owner.deploymentId, kindOfStepOutput(node, name), Buffer.from(value, 'base64'), use);
      return [name, opened.reveal()];
    });
  return Object.fromEntries(await Promise.all(entries));
}

/** What such a value is sealed as. */
export const kindOfStepOutput = (node: string, name: string) => `step-output:${node}:${name}`;

function namesIn(value: Value, node: string): string[] {
  if (typeof value === 'string') return [];
  if ('concat' in value) return value.concat.flatMap((part) => namesIn(part, node));
  if ('join' in value) return value.join.flatMap((part) => namesIn(part, node));
  return 'stepOutput' in value && value.node === node ? [value.stepOutput] : [];
}
