import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ipAddress } from '@/lib/core/ip-address';
import { Secret } from '@/lib/core/secret';
import type { NodeSettings } from '@/lib/nodes/agent-config';
import { generateKeyPair } from '@/lib/nodes/secrets/ssh-key';
import { prepareNode } from '@/lib/nodes/user-data';
import { type Known, secretsIn, type ValueContext } from '@/lib/nodes/values';
import type { PlannedNode, Value } from '@/lib/planning/types';
import { Limit } from '@/lib/web/limit';
import { kindOf, outsideOf } from '../kinds';
import { offerAdmission } from '../ledger/admissions';
import { type Ledger, textOf } from '../ledger/ledger';
import { deploymentKey, type Secrets } from '../ledger/secrets';
import { secretStepOutputs } from '../ledger/secrets/step-outputs';
import type { Ports } from '../ports';
import { hashToken } from './authenticate';

/** One after the other, with whoever waits let in between: each takes milliseconds, and those of many machines are asked for in the same moment. */
const preparing = new Limit(1);

/** Addresses, outputs and the needed secrets of a deployment, as far as they are known. */
export async function valueContext(ledger: Ledger, values: Value[], secrets: Secrets): Promise<ValueContext> {
  return {
    addresses: addressesOf(ledger),
    stepOutputs: await stepOutputsOf(ledger, values, secrets),
    secrets: await secrets.several([...new Set(values.flatMap(secretsIn))]),
  };
}

async function stepOutputsOf({ deployment, nodes }: Ledger, values: Value[], secrets: Secrets): Promise<ValueContext['stepOutputs']> {
  const opened = nodes.map(async ({ key, outputs }) => {
    const secret = secretStepOutputs(deployment.plan.outputs, key);
    return [key, await secrets.stepOutputs(key, secret, outputs, values)] as const;
  });
  return Object.fromEntries(await Promise.all(opened));
}

/** By node key: the private address, and the public one (null: it has none; absent: not known yet). */
function addressesOf({ deployment, resources }: Ledger): ValueContext['addresses'] {
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const addressOf = (key: string) => {
    const found = byKey.get(key);
    return ipAddress(textOf(found?.observed.address) ?? (found && kindOf(found.kind).foreseen?.(found.spec))) ?? undefined;
  };
  return Object.fromEntries(
    deployment.plan.nodes.map((node) => {
      const publicAddress = node.floatingIp === undefined ? null : addressOf(node.floatingIp);
      const outgoing = node.outgoing === undefined ? undefined : outsideOf(byKey.get(node.outgoing)?.observed ?? {});
      return [node.key, { private: addressOf(node.port), ...(publicAddress === undefined ? {} : { public: publicAddress }), outgoing }];
    }),
  );
}

/** What of a deployment's values is known, found without opening a secret. */
export function knownOf(ledger: Ledger): Known {
  const told = Object.fromEntries(ledger.nodes.map(({ key, outputs }) => [key, new Set(Object.keys(outputs))]));
  return { addresses: addressesOf(ledger), told };
}

/** All that the steps of a node are made from. */
export function stepContext(ledger: Ledger, node: PlannedNode, secrets: Secrets): Promise<ValueContext> {
  return valueContext(
    ledger,
    node.steps.flatMap(({ env }) => Object.values(env)),
    secrets,
  );
}

/** All that a node's settings are made from. */
async function nodeSettings(ports: Ports, ledger: Ledger, node: PlannedNode, nodeId: string): Promise<NodeSettings> {
  const { deployment } = ledger;
  const site = await ports.findSite(deployment.user_id, node.site);
  const baseUrl = ports.callbackUrl(site);
  const ids = ledger.resources.flatMap(({ key, kind, cloud_id }) => (kindOf(kind).disk && cloud_id ? [[key, cloud_id] as const] : []));
  return {
    nodeId,
    addresses: addressesOf(ledger),
    nodes: deployment.plan.nodes,
    volumes: Object.fromEntries(ids),
    callback: baseUrl === null ? null : { baseUrl, ca: ports.callbackCa },
    mirror: site?.mirror,
    registryMirror: site?.registryMirror,
    proxy: site?.nodeProxy,
  };
}

/**
 * The user data of a node's server, with a one-time token and a first host key that are made for it and kept nowhere; what they are known
 * by again is stored before they are given out.
 */
export async function userDataFor(ports: Ports, ledger: Ledger, nodeKey: string, secrets: Secrets): Promise<Secret<Buffer>> {
  const node = ledger.deployment.plan.nodes.find(({ key }) => key === nodeKey);
  const row = ledger.nodes.find(({ key }) => key === nodeKey);
  if (!node || !row) throw new Error(`The deployment ${ledger.deployment.id} has no node ${nodeKey}`);
  const own = await ports.store.db.selectFrom('ssh_keys').select('public_key').where('user_id', '=', ledger.deployment.user_id).execute();
  const settings = await nodeSettings(ports, ledger, node, row.id);
  const authorizedKeys = [(await keyPair(deploymentKey, secrets)).reveal().public, ...own.map(({ public_key }) => public_key)];
  const admission = new Secret(randomBytes(32).toString('hex'));
  const hostKey = generateKeyPair();
  await offerAdmission(ports.store, row.id, { hash: hashToken(admission), firstKey: hostKey.reveal().public, taken: null });
  return await preparing.run(async () => {
    await setImmediate();
    return prepareNode(node, settings, { admission, hostKey, authorizedKeys });
  });
}

/** Both halves of a key that was made with the deployment. */
export async function keyPair(name: string, secrets: Secrets): Promise<Secret<{ private: string; public: string }>> {
  const parts = await secrets.get(name);
  return mapSecret(parts, ({ private: own = '', public: shown = '' }) => ({ private: own, public: shown }));
}

function mapSecret<A, B>(secret: Secret<A>, change: (value: A) => B): Secret<B> {
  return new Secret(change(secret.reveal()));
}
