import type { Generated, InputValues, PlacementSet, RecipeOutput } from '@/lib/catalog/types';
import type { Problem } from '@/lib/core/errors';
import type { PlannedNode, SecurityRule, Value } from '@/lib/nodes/types';

export type { PlannedNode, SecurityRule, StepPlan, Value } from '@/lib/nodes/types';

export interface Placement {
  site: string;
  /** project id; may be left out where the credential has exactly one */
  project?: string;
  /** credential id; `oidc:<site id>` is the person's own sign-in */
  credential?: string;
  /** flavor and image id */
  flavor?: string;
  image?: string;
  /** id of an image of another project that the person trusts: it gets the secrets of the nodes that boot it */
  trustedImage?: string;
  /** lease id; bare metal, and machines that are given out by lease, boot on its reservation */
  lease?: string;
  /** … or one that is to be made on the way, for as many hosts as the group has nodes */
  newLease?: LeaseWish;
  /** what the person says of the image, which beats what the site says of it */
  imageIs?: ImageIs;
  /** id of an existing network; left out: one is made, or the site's rule says which */
  network?: string;
  /** id of the external network that public addresses come from; left out: any that has one */
  pool?: string;
  /** IPv4 addresses that the nodes of a network that is made ask for names; left out: as the site has it */
  nameServers?: string[];
  /** id of an existing router by which a network that is made leads out; left out: one is made */
  router?: string;
  /** nodes read their first settings from a disk as well; left out: as the site has it */
  configDrive?: boolean;
  /** of the volumes; left out: the site's usual one */
  volumeType?: string;
}

/** What somebody says that an image is. */
export interface ImageIs {
  /** id of the image that is meant: what is said of one holds for no other */
  image: string;
  distro: string;
  version: string;
  architecture?: 'x86_64' | 'aarch64';
  loginUser: string;
}

/** A lease that is to be made. */
export interface LeaseWish {
  /** ISO 8601 in UTC */
  start: 'now' | string;
  end: string;
  /** as the site calls its kinds of hosts; left out: any */
  nodeType?: string;
}

export interface PlanRequest {
  recipe: string;
  addOns: string[];
  inputs: InputValues;
  /** group name → where it goes */
  placement: Record<string, Placement>;
  /** group name → the numbers of its nodes, where these are not the first: of a deployment from which some have left */
  numbers?: Record<string, number[]>;
}

/** What the plan says of one cloud resource. `key`s of other resources stand for their ids. */
export type ResourceSpec =
  | { kind: 'keyPair' }
  | { kind: 'network' }
  | { kind: 'subnet'; network: string; cidr: string; dnsServers: string[] }
  | {
      kind: 'router';
      externalNetworkId: string;
      otherPools?: string[];
      subnet: string;
      /** id of one that is there already: the subnet is joined to it, and it is left when the deployment goes */
      held?: string;
    }
  | {
      kind: 'securityGroup';
      rules: SecurityRule[];
      /** rules that it had earlier, and is not to have any more: of a deployment that was changed, in its ledger alone */
      shut?: SecurityRule[];
    }
  | {
      kind: 'securityRule';
      /** key of the group that it belongs to */
      securityGroup: string;
      protocol: SecurityRule['protocol'];
      fromPort?: number;
      toPort?: number;
      /** key of what has the one address that is let in, at another site: a floating IP, a port, or the router that nodes come out by */
      from: string;
      why: string;
    }
  | {
      kind: 'port';
      /** key of a planned network, or the id of an existing one */
      network: { key: string } | { id: string };
      subnet?: string;
      /** known before boot where the network is ours */
      fixedIp?: string;
      securityGroups: string[];
    }
  | {
      kind: 'volume';
      sizeGiB: number;
      type?: string;
      /** a cluster of the deployment made it, for this claim: in the ledger of a deletion alone */
      claim?: string;
    }
  /** as a cluster of the deployment made it, on a subnet of it: in the ledger of a deletion alone */
  | { kind: 'loadBalancer'; subnet: string }
  | {
      kind: 'lease';
      start: 'now' | string;
      end: string;
      /** how many hosts, or machines of a flavor, are booted on it */
      hosts: number;
      nodeType?: string;
      /** machines of this flavor (its id) are leased; left out: whole hosts */
      flavorId?: string;
      /** one that is there already: it is waited for, and left when the deployment goes */
      held?: { id: string; reservation: string };
    }
  | {
      kind: 'floatingIp';
      externalNetworkId: string;
      /** ids of other external networks, to try where that one has no address or no way to the port */
      otherPools?: string[];
      /** key of the deployment's own router, to whose pool it belongs */
      router?: string;
      port: string;
    }
  | {
      kind: 'server';
      node: string;
      flavorId: string;
      imageId: string;
      ports: string[];
      volumes: string[];
      keyPair: string;
      availabilityZone?: string;
      /** the site's zones for servers, where there are several: it boots in the zone of its volumes where that is one of them */
      zones?: string[];
      /** as plans said it once of a lease that was there already */
      reservationId?: string;
      /** a disk of that size is made for it on a volume, which goes with it: its flavor has none */
      bootVolumeGiB?: number;
      /** of the volume that it boots from */
      volumeType?: string;
      configDrive?: boolean;
      /** key of the lease on whose reservation it boots */
      lease?: string;
      /** other flavors and zones to try when this one ends in ERROR */
      alternatives: { flavorId?: string; availabilityZone?: string }[];
    };

export type ResourceKind = ResourceSpec['kind'];

export interface PlannedResource {
  /** stable over updates: `server-workers-2` */
  key: string;
  kind: ResourceKind;
  site: string;
  project: string;
  credential: string;
  group?: string;
  dependsOn: string[];
  summary: string;
  spec: ResourceSpec;
}

export interface PlannedOutput extends RecipeOutput {
  value: Value;
}

export interface Totals {
  nodes: number;
  vcpus: number;
  ramMiB: number;
  diskGiB: number;
  volumes: number;
  volumeGiB: number;
  floatingIps: number;
  networks: number;
  /** this, rules and key pairs: plans of long ago have none */
  subnets?: number;
  routers: number;
  /** with those that the site makes for routers and for giving out addresses */
  ports: number;
  securityGroups: number;
  /** with those that the site puts into each group by itself */
  securityGroupRules?: number;
  keyPairs?: number;
  /** estimate until ready */
  seconds: number;
}

export interface PlanProblem extends Problem {
  severity: 'error' | 'warning';
  /** dotted path of the request's field: `inputs.worker_count`, `placement.workers.flavor` */
  field?: string;
}

/** The typed graph of resources and node configuration that a deployment would create. Holds no secret. */
export interface Plan {
  recipe: { id: string; version: string; name: string; addOns: string[] };
  resources: PlannedResource[];
  nodes: PlannedNode[];
  outputs: PlannedOutput[];
  /** the parts that may be at sites of their own, where the recipe has several, each with the site that it goes to */
  sets?: (Pick<PlacementSet, 'name' | 'label' | 'groups'> & { site: string })[];
  /** the leases that it stands on, each with its end (ISO 8601 in UTC): what is left of it then, the site deletes */
  leases: { site: string; lease: string; end: string }[];
  /** secrets to be made (or taken from `inputs`) when the deployment is created, by name */
  secrets: { name: string; generate: Generated; given?: boolean }[];
  totals: Totals;
  /** the same per site */
  siteTotals: Record<string, Totals>;
  problems: PlanProblem[];
}
