import type { RecipeOutput } from '@/lib/catalog/types';
import { webLink } from '@/lib/inputs/link';
import { resolveValue } from '@/lib/nodes/values';
import { needLedger } from '../ledger/load';
import { Secrets } from '../ledger/secrets';
import type { Ports } from '../ports';
import { valueContext } from './context';

/** What the audit says of secrets that are read to be shown. */
export const outputsShown = 'show outputs';

export interface DeploymentOutput extends RecipeOutput {
  /** null: not known yet, or secret and not revealed */
  value: string | null;
}

/**
 * What a deployment gives to its owner: addresses, URLs, passwords.
 * @param reveal also those that are secret (the vault's audit keeps who read them)
 * @throws AppError `not-found`
 */
export async function readOutputs(ports: Ports, deploymentId: string, reveal: boolean): Promise<DeploymentOutput[]> {
  const ledger = await needLedger(ports.store.db, deploymentId);
  const { deployment } = ledger;
  if (deployment.state === 'deleted') return [];
  const secrets = new Secrets(ports.store.db, ports.vault, { userId: deployment.user_id, deploymentId }, outputsShown);
  const open = deployment.plan.outputs.filter((output) => reveal || !output.secret);
  const context = await valueContext(
    ledger,
    open.map(({ value }) => value),
    secrets,
  );
  return deployment.plan.outputs.map(({ value, ...output }) => {
    if (!open.some(({ name }) => name === output.name)) return { ...output, value: null };
    const resolved = resolveValue(value, context);
    if (resolved === 'not-yet') return { ...output, value: null };
    const hidden = resolved.secret && !reveal;
    // what a node told is no link unless it is one of the web
    const kind = output.kind === 'url' && webLink(resolved.text) === undefined ? 'text' : output.kind;
    return { ...output, kind, secret: output.secret || resolved.secret, value: hidden ? null : resolved.text };
  });
}
