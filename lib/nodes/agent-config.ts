import { Secret } from '@/lib/core/secret';
import { type AgentConfig, agentPath, agentVersion, type Bundle, type Step } from './protocol';
import type { PlannedNode, SecurityRule, StepPlan } from './types';
import { resolveValue, type ValueContext } from './values';

/** All that one node's configuration is made from, beside its plan. */
export interface NodeContext extends ValueContext {
  nodeId: string;
  /** all nodes of the deployment */
  nodes: Pick<PlannedNode, 'key' | 'hostname' | 'group' | 'site'>[];
  /** cloud ids of volumes by resource key; those of this node's mounts must be there */
  volumes: Record<string, string>;
  /** Transat's base URL as nodes reach it and this node's token; null: nodes can't reach it */
  callback: { baseUrl: string; token: Secret; ca?: string } | null;
  /** settings of the node's site */
  mirror?: string;
  registryMirror?: string;
  proxy?: string;
}

/**
 * All steps of a node with their environment as text.
 * @returns `not-yet` while one of them needs what another node has not told
 */
export function buildBundle(node: PlannedNode, context: NodeContext): Secret<Bundle> | 'not-yet' {
  const steps = resolvedPrefix(node, context);
  return steps.length === node.steps.length ? new Secret({ steps }) : 'not-yet';
}

/**
 * What the agent of a node is told.
 * @param bundle `inline`: with all steps, where all are known already, else with those at the beginning that are; `later`: with none of them
 */
export function buildAgentConfig(node: PlannedNode, context: NodeContext, bundle: 'inline' | 'later' = 'inline'): Secret<AgentConfig> {
  const steps = bundle === 'inline' ? resolvedPrefix(node, context) : [];
  const complete = bundle === 'inline' && steps.length === node.steps.length;
  const { callback } = context;
  return new Secret({
    version: agentVersion,
    nodeId: context.nodeId,
    node: node.key,
    hostname: node.hostname,
    callback: callback && {
      url: `${callback.baseUrl.replace(/\/+$/, '')}${agentPath(context.nodeId)}`,
      token: callback.token.reveal(),
      ca: callback.ca,
    },
    mirror: context.mirror,
    registryMirror: context.registryMirror,
    proxy: context.proxy,
    peers: Object.fromEntries(
      context.nodes.flatMap((peer) => {
        const address = reachable(peer, node, context);
        return address ? [[peer.hostname, address]] : [];
      }),
    ),
    mounts: node.mounts.map(({ volume, path }) => ({ serial: volumeId(volume, context), path })),
    firewall: node.firewall.filter((rule) => rule.direction === 'ingress').flatMap((rule) => firewallRules(rule, node, context)),
    bundle: complete ? 'inline' : 'later',
    steps: complete || steps.length > 0 ? steps : undefined,
  });
}

// The steps at the beginning whose environment is known; a step never overtakes one that still waits.
function resolvedPrefix(node: PlannedNode, context: NodeContext): Step[] {
  const steps: Step[] = [];
  for (const plan of node.steps) {
    const step = resolveStep(plan, node, context);
    if (step === 'not-yet') break;
    steps.push(step);
  }
  return steps;
}

function resolveStep(plan: StepPlan, node: PlannedNode, context: NodeContext): Step | 'not-yet' {
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

// Private addresses lead nowhere beyond their site.
function reachable(peer: { key: string; site: string }, node: PlannedNode, context: NodeContext): string | undefined {
  const addresses = context.addresses[peer.key];
  return peer.site === node.site ? addresses?.private : (addresses?.public ?? undefined);
}

function volumeId(key: string, context: NodeContext): string {
  const id = context.volumes[key];
  if (id === undefined) throw new Error(`The volume ${key} is to be mounted, but was not created before its server.`);
  return id;
}

// A firewall knows no security groups: "the members of this group" becomes their addresses.
function firewallRules(rule: SecurityRule, node: PlannedNode, context: NodeContext): AgentConfig['firewall'] {
  const { protocol, fromPort, toPort, cidr } = rule;
  if (!rule.self) return [{ protocol, fromPort, toPort, cidr }];
  return context.nodes
    .filter((peer) => peer.key !== node.key)
    .flatMap((peer) => reachable(peer, node, context) ?? [])
    .map((address) => ({ protocol, fromPort, toPort, cidr: `${address}/${address.includes(':') ? 128 : 32}` }));
}
