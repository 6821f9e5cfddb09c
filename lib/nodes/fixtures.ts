import { Secret } from '@/lib/core/secret';
import type { NodeSettings } from './agent-config';
import type { PlannedNode, StepPlan } from './types';
import type { ValueContext } from './values';

/** A step of a plan, for tests. */
export function aStep(change: Partial<StepPlan> = {}): StepPlan {
  return {
    name: 'web.configure',
    title: 'Set up',
    script: 'echo done',
    env: {},
    downloads: [],
    timeoutSeconds: 60,
    attempts: 1,
    ...change,
  };
}

/** A planned node, for tests. */
export function aNode(change: Partial<PlannedNode> = {}): PlannedNode {
  return {
    key: 'web',
    hostname: 'web',
    group: 'web',
    index: 1,
    site: 'europe',
    server: 'server-web',
    port: 'port-web',
    loginUser: 'debian',
    bareMetal: false,
    mounts: [],
    firewall: [],
    steps: [aStep()],
    ...change,
  };
}

/** What is known of {@link aNode} once its addresses are there, for tests. */
export function aContext(change: Partial<NodeSettings & ValueContext> = {}): NodeSettings & ValueContext {
  return {
    nodeId: 'node_1',
    nodes: [aNode()],
    volumes: {},
    callback: null,
    addresses: { web: { private: '10.0.0.4', public: '192.0.2.7' } },
    secrets: { password: new Secret({ value: 'hunter22' }) },
    stepOutputs: {},
    ...change,
  };
}
