import type { Problem } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { Addition, Cloud, Tags } from '@/lib/openstack/types';
import type { ResourceSpec } from '@/lib/planning/types';

export type KindName = ResourceSpec['kind'];
export type SpecOf<K extends KindName> = Extract<ResourceSpec, { kind: K }>;

/** What a cloud's list shows of one thing of ours. */
export interface Found {
  /** the cloud's id; of a key pair its name */
  id: string;
  name: string;
  state: 'building' | 'ready' | 'stopped' | 'error' | 'leaving';
  /** what is kept in the ledger: status, addresses … */
  observed: Record<string, unknown>;
  /** parts that it has: a security group's rules, a router's subnets */
  parts: string[];
  /** the same with their own ids and descriptions, where they have any */
  partsBy?: { id: string; part: string; description: string | undefined }[];
  /** the cloud's own words about an error … */
  fault?: string;
  /** … and what helps against it, where that is known */
  remedy?: string;
  /** what is wrong with it although it is there */
  trouble?: { detail: string; remedy: string };
}

/** What a create needs beside the specification. */
export interface Build {
  name: string;
  tags: Tags;
  now: Date;
  /** 1 for the first way; later ones are the plan's alternatives */
  attempt: number;
  /** the cloud id of another resource of the deployment */
  idOf(key: string): string;
  /** what is kept of another resource of the deployment */
  observedOf(key: string): Record<string, unknown>;
  /** of servers: the reservation on which it has a place */
  reservation?: string;
  /** of servers */
  userData(): Promise<Secret<Buffer>>;
  /** OpenSSH public key of the deployment */
  publicKey(): Promise<string>;
}

/** What a deadline depends on beside the specification. */
export interface Circumstances {
  /** it runs on hardware of its own */
  bareMetal: boolean;
  now: Date;
  /** of servers, where the site has a rule of its own */
  serverDeadlineSeconds?: number;
}

/** The prefix of every name: what a look at a whole project asks for. */
export const everybodys = '';

/** How one kind of resource is seen, made and removed. Lists show only what carries the prefix in its name. */
export interface Kind<K extends KindName> {
  /** in words: `security group` */
  label: string;
  /** whose calls make and show it, as in the catalogue of the site */
  service: 'compute' | 'network' | 'block-storage' | 'load-balancer' | 'reservation';
  /** seconds that it may take from the first try until ready */
  deadlineSeconds(spec: SpecOf<K>, circumstances: Circumstances): number;
  /** until when it may take, by what is seen of it now, where that moves */
  deadlineOf?(observed: Record<string, unknown>): Date | undefined;
  /** seconds that it usually takes to go once that is asked for */
  leaveSeconds(spec: SpecOf<K>, circumstances: Pick<Circumstances, 'bareMetal'>): number;
  /** id of one that is there already and not ours, under which it is found: it is never made, and stays when all else goes */
  borrowed?(spec: SpecOf<K>): string | undefined;
  /** what stands of it is taken up again by a retry, whoever made it: it is not deleted to be made anew */
  stays?: boolean;
  /** what it takes a place on: a lease of the deployment, by its key, or a reservation that is named outright */
  standsOn?(spec: SpecOf<K>): { lease?: string; reservation?: string } | undefined;
  /** what stands on it runs on hardware of its own */
  givesHosts?(spec: SpecOf<K>): boolean;
  /** when it ends by itself, by what is seen of it (ISO 8601) */
  endOf?(observed: Record<string, unknown>): string | undefined;
  /** whether its site has ended it, by what is seen of it (undefined: it is not listed), and the deployment with it */
  isOver?(observed: Record<string, unknown> | undefined): boolean;
  /** what is said of it when its create was answered; left out: `is being built` or `is made` */
  said?(spec: SpecOf<K>): string;
  /** how often it may be made in all before it counts as failed */
  tries(spec: SpecOf<K>): number;
  /** it is not ready when its create was answered, but some time later */
  becomes?: boolean;
  /** it waits for every address of the deployment at its site, since what it is given names them */
  needsAddresses?: boolean;
  /** what of its site goes before it while that is on its way, though it needs it not */
  letsFirst?: KindName;
  /** whose address it gives to the node that has it: seen from within the network, or from everywhere */
  gives?: 'private address' | 'public address';
  /** that address, where it was chosen before anything of it is made: nobody has to wait for it */
  foreseen?(spec: SpecOf<K>): string | undefined;
  /** key of the node that runs on it */
  node?(spec: SpecOf<K>): string;
  /** key of what it lets in, of another site: it is made when that is known, and all else stands without it */
  letsIn?(spec: SpecOf<K>): string;
  /** a machine knows it as a disk, by the id that its site gave it */
  disk?: boolean;
  /** seconds until a look at one that is on its way is worth it, where that is known; undefined: as usual */
  nextLook?(observed: Record<string, unknown>, now: Date): number | undefined;
  /** it has a time of its own, that has not come: everything is as it should be while it is waited for */
  bides?(observed: Record<string, unknown>): boolean;
  /** seconds after which one in an error is believed to say no more about why */
  faultLagSeconds?: number;
  /** a deletion that was accepted takes its time, and shows in the list until it is done */
  leavesSlowly?: boolean;
  /** machines that it stands before go when it was asked to go, and need not wait until it is gone */
  goesFirst?: boolean;
  /** that it is gone is believed when it was missed twice, some time apart: much ends with it */
  doubted?: boolean;
  /** what it was made of is another now, by what is kept of both: it must be made anew */
  outdated?(spec: SpecOf<K>, observed: Record<string, unknown>, observedOf: (key: string) => Record<string, unknown>): boolean;
  /**
   * @param known ids of those that are not ours, or were made before, with the names to show them under: of a kind that is doubted each is asked for
   *   by itself where the list does not show it
   */
  list(cloud: Cloud, prefix: string, known?: ReadonlyMap<string, string>): Promise<Found[]>;
  create(cloud: Cloud, spec: SpecOf<K>, build: Build): Promise<Found>;
  /** parts that the specification wants, in the words of {@link Found.parts} */
  parts?(spec: SpecOf<K>, idOf: (key: string) => string): string[];
  addPart?(cloud: Cloud, id: string, part: string, spec: SpecOf<K>): Promise<Addition>;
  /** what it is when it takes the place of another that stands, whose parts that go are to be taken away */
  inPlaceOf?(was: SpecOf<K>, is: SpecOf<K>): SpecOf<K>;
  /** ids of parts that are to be taken away: those that were ours and went, and of like parts none that others have made */
  surplus?(spec: SpecOf<K>, found: Found): string[];
  /** Takes a part away. What is gone already is a success. */
  dropPart?(cloud: Cloud, partId: string): Promise<void>;
  /** how many other ways the plan leaves after such a refusal: other zones, flavors, pools of addresses */
  otherWays?(spec: SpecOf<K>, problem: Problem): number;
  /** Deletes it; what is gone already is a success. `found` is what the list showed of it. */
  remove(cloud: Cloud, found: Found): Promise<void>;
}
