import { Secret } from '@/lib/core/secret';
import type { NodeContext } from '@/lib/nodes/agent-config';
import { prepareNode } from '@/lib/nodes/user-data';
import { secretsIn, type ValueContext } from '@/lib/nodes/values';
import type { PlannedNode, Value } from '@/lib/planning/types';
import { type Ledger, textOf } from '../ledger/ledger';
import { deploymentKey, hostKeyOf, type Secrets, tokenOf } from '../ledger/secrets';
import { secretStepOutputs } from '../ledger/step-outputs';
import type { Ports } from '../ports';

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
  const addressOf = (key: string) => textOf(resources.find((resource) => resource.key === key)?.observed.address);
  return Object.fromEntries(
    deployment.plan.nodes.map((node) => {
      const publicAddress = node.floatingIp === undefined ? null : addressOf(node.floatingIp);
      return [node.key, { private: addressOf(node.port), ...(publicAddress === undefined ? {} : { public: publicAddress }) }];
    }),
  );
}

/** All that a node's configuration is made from. */
export async function nodeContext(ports: Ports, ledger: Ledger, node: PlannedNode, secrets: Secrets): Promise<NodeContext> {
  const { deployment } = ledger;
  const site = await ports.findSite(deployment.user_id, node.site);
  const baseUrl = ports.callbackUrl(site);
  const values = await valueContext(
    ledger,
    node.steps.flatMap(({ env }) => Object.values(env)),
    secrets,
  );
  const row = ledger.nodes.find(({ key }) => key === node.key);
  if (!row) throw new Error(`The deployment ${deployment.id} has no node ${node.key}`);
  const ids = ledger.resources.flatMap(({ key, kind, cloud_id }) => (kind === 'volume' && cloud_id ? [[key, cloud_id] as const] : []));
  return {
    ...values,
    nodeId: row.id,
    nodes: deployment.plan.nodes,
    volumes: Object.fromEntries(ids),
    callback: baseUrl === null ? null : { baseUrl, token: await tokenFor(node.key, secrets), ca: ports.callbackCa },
    mirror: site?.mirror,
    registryMirror: site?.registryMirror,
    proxy: site?.nodeProxy,
  };
}

/** The user data of a node's server. */
export async function userDataFor(ports: Ports, ledger: Ledger, nodeKey: string, secrets: Secrets): Promise<Secret<Buffer>> {
  const node = ledger.deployment.plan.nodes.find(({ key }) => key === nodeKey);
  if (!node) throw new Error(`The plan of ${ledger.deployment.id} has no node ${nodeKey}`);
  const own = await ports.store.db.selectFrom('ssh_keys').select('public_key').where('user_id', '=', ledger.deployment.user_id).execute();
  const context = await nodeContext(ports, ledger, node, secrets);
  const hostKey = await keyPair(hostKeyOf(nodeKey), secrets);
  const authorizedKeys = [(await keyPair(deploymentKey, secrets)).reveal().public, ...own.map(({ public_key }) => public_key)];
  return prepareNode(node, context, { hostKey, authorizedKeys }).userData;
}

/** Both halves of a key that was made with the deployment. */
export async function keyPair(name: string, secrets: Secrets): Promise<Secret<{ private: string; public: string }>> {
  const parts = await secrets.get(name);
  return mapSecret(parts, ({ private: own = '', public: shown = '' }) => ({ private: own, public: shown }));
}

async function tokenFor(node: string, secrets: Secrets): Promise<Secret> {
  return mapSecret(await secrets.get(tokenOf(node)), ({ value = '' }) => value);
}

function mapSecret<A, B>(secret: Secret<A>, change: (value: A) => B): Secret<B> {
  return new Secret(change(secret.reveal()));
}
