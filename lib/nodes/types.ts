import type { Download } from '@/lib/catalog/types';

/**
 * A value that is text, or becomes text once the cloud has answered. References are resolved when a node's steps
 * are handed over (all addresses are known by then: ports and floating IPs come before servers) and when outputs are read.
 */
export type Value =
  | string
  | { concat: Value[] }
  | { join: Value[]; separator: string }
  /** an address of one node; empty text where the node has no public address. `outgoing`: the one from which it comes to other sites */
  | { address: 'private' | 'public' | 'outgoing'; node: string }
  /** a generated or given secret; `part` where the kind has several (`ca`: cert, key, hash; `ssh-key`: private, public) */
  | { secret: string; part?: string }
  /** what a step of that node wrote to $TRANSAT_OUTPUTS */
  | { stepOutput: string; node: string };

export interface SecurityRule {
  direction: 'ingress' | 'egress';
  protocol: 'tcp' | 'udp' | 'icmp';
  fromPort?: number;
  toPort?: number;
  /** either a range of addresses … */
  cidr?: string;
  /** … or the members of this very group */
  self?: boolean;
  why: string;
}

export interface StepPlan {
  /** unique on its node: `slurm-controller.configure` */
  name: string;
  title: string;
  /** an Ansible playbook, which the script runs; left out: a script of its own */
  kind?: 'playbook';
  /** text of the shell script */
  script: string;
  env: Record<string, Value>;
  downloads: Download[];
  timeoutSeconds: number;
  /** how often it may be tried in all */
  attempts: number;
}

export interface PlannedNode {
  /** `workers-2` */
  key: string;
  hostname: string;
  group: string;
  index: number;
  site: string;
  server: string;
  port: string;
  floatingIp?: string;
  /** key of what has the address from which it comes to other sites, where there are several: floating IP, port or router */
  outgoing?: string;
  loginUser: string;
  /** node through which SSH reaches this one */
  via?: string;
  bareMetal: boolean;
  /** mount points of the server's volumes, in the order of the spec's `volumes` */
  mounts: { volume: string; path: string }[];
  /** ports that the node's own firewall must open (bare metal, where no security group can) */
  firewall: SecurityRule[];
  steps: StepPlan[];
}
