import { familyOf } from '@/lib/core/ip-address';
import { Secret } from '@/lib/core/secret';
import { type AgentConfig, agentPath, agentVersion, type Bundle, type Step } from './protocol';
import type { PlannedNode, SecurityRule, StepPlan } from './types';
import { isKnown, type Known, resolveValue, type ValueContext } from './values';

const hostname = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** All that one node's settings are made from, beside its plan. */
export interface NodeSettings {
  nodeId: string;
  addresses: ValueContext['addresses'];
  /** all nodes of the deployment */
  nodes: Pick<PlannedNode, 'key' | 'hostname' | 'group' | 'site'>[];
  /** cloud ids of volumes by resource key; those of this node's mounts must be there */
  volumes: Record<string, string>;
  /** Transat's base URL as nodes reach it; null: they can't */
  callback: { baseUrl: string; ca?: string } | null;
  /** settings of the node's site */
  mirror?: string;
  registryMirror?: string;
  proxy?: string;
}

/**
 * The steps of a node with their environment as text: all, or those at the beginning for which everything is known. A step never overtakes
 * one that still waits.
 * @param nodes all of the deployment, whose names the node is to know
 */
export function buildBundle(node: PlannedNode, context: ValueContext, nodes?: NodeSettings['nodes']): Secret<Bundle> {
  const steps: Step[] = [];
  for (const plan of node.steps) {
    const step = resolveStep(plan, node, context);
    if (step === 'not-yet') break;
    steps.push(step);
  }
  const all = nodes && { nodes, addresses: context.addresses };
  const now = all && { peers: peersOf(node, all), firewall: firewallOf(node, all) };
  return new Secret({ steps, complete: steps.length === node.steps.length, ...now });
}

/** How many steps {@link buildBundle} would have, found without opening a secret. Pure. */
export function knownSteps(node: PlannedNode, known: Known): number {
  const own = known.addresses[node.key];
  if (own?.private === undefined || own.public === undefined) return 0;
  const waiting = node.steps.findIndex(({ env }) => !Object.values(env).every((value) => isKnown(value, known)));
  return waiting < 0 ? node.steps.length : waiting;
}

/**
 * What the agent of a node is told by its user data, which whoever reaches the metadata service may read: no step, no secret.
 * @param admission the token with which it makes itself known once
 */
export function buildAgentConfig(node: PlannedNode, context: NodeSettings, admission: Secret): Secret<AgentConfig> {
  const { callback } = context;
  return new Secret({
    version: agentVersion,
    nodeId: context.nodeId,
    node: node.key,
    hostname: node.hostname,
    callback: callback && {
      url: `${callback.baseUrl.replace(/\/+$/, '')}${agentPath(context.nodeId)}`,
      ca: callback.ca,
    },
    admission: admission.reveal(),
    mirror: context.mirror,
    registryMirror: context.registryMirror,
    proxy: context.proxy,
    peers: peersOf(node, context),
    mounts: node.mounts.map(({ volume, path }) => ({ serial: volumeId(volume, context), path })),
    firewall: firewallOf(node, context),
  });
}

function resolveStep(plan: StepPlan, node: PlannedNode, context: ValueContext): Step | 'not-yet' {
  const own = context.addresses[node.key];
  if (own?.private === undefined || own.public === undefined) return 'not-yet';
  const env: Record<string, string> = {
    NODE_INDEX: String(node.index),
    NODE_NAME: node.hostname,
    NODE_GROUP: node.group,
    PRIVATE_ADDRESS: own.private,
    PUBLIC_ADDRESS: own.public ?? '',
    SITE: node.site,
    LOGIN_USER: node.loginUser,
  };
  const secretEnv: string[] = [];
  for (const [name, value] of Object.entries(plan.env)) {
    const resolved = resolveValue(value, context);
    if (resolved === 'not-yet') return 'not-yet';
    env[name] = resolved.text;
    if (resolved.secret) secretEnv.push(name);
  }
  const { name, title, script, downloads, timeoutSeconds, attempts } = plan;
  return { name, title, script, env, secretEnv, downloads, timeoutSeconds, attempts };
}

function peersOf(node: PlannedNode, context: Pick<NodeSettings, 'nodes' | 'addresses'>): Record<string, string> {
  return Object.fromEntries(
    context.nodes.flatMap((peer) => {
      const address = reachable(peer, node, context);
      // lines of /etc/hosts, as root
      return address && familyOf(address) && hostname.test(peer.hostname) ? [[peer.hostname, address]] : [];
    }),
  );
}

// Private addresses lead nowhere beyond their site.
function reachable(peer: { key: string; site: string }, node: PlannedNode, context: Pick<NodeSettings, 'addresses'>): string | undefined {
  const addresses = context.addresses[peer.key];
  return peer.site === node.site ? addresses?.private : (addresses?.public ?? undefined);
}

function volumeId(key: string, context: NodeSettings): string {
  const id = context.volumes[key];
  if (id === undefined) throw new Error(`The volume ${key} is to be mounted, but was not created before its server.`);
  return id;
}

type Peers = Pick<NodeSettings, 'nodes' | 'addresses'>;

function firewallOf(node: PlannedNode, context: Peers): AgentConfig['firewall'] {
  return node.firewall.filter((rule) => rule.direction === 'ingress').flatMap((rule) => firewallRules(rule, node, context));
}

// A firewall knows no security groups: "the members of this group" becomes their addresses.
function firewallRules(rule: SecurityRule, node: PlannedNode, context: Peers): AgentConfig['firewall'] {
  const { protocol, fromPort, toPort, cidr } = rule;
  if (!rule.self) return [{ protocol, fromPort, toPort, cidr }];
  return context.nodes
    .filter((peer) => peer.key !== node.key)
    .flatMap((peer) => reachable(peer, node, context) ?? [])
    .map((address) => ({ protocol, fromPort, toPort, cidr: `${address}/${address.includes(':') ? 128 : 32}` }));
}
