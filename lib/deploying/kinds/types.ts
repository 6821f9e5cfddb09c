import type { Secret } from '@/lib/core/secret';
import type { Cloud, Tags } from '@/lib/openstack/types';
import type { ResourceSpec } from '@/lib/planning/types';
import type { Found } from '../ledger/ledger';

export type KindName = ResourceSpec['kind'];
export type SpecOf<K extends KindName> = Extract<ResourceSpec, { kind: K }>;

/** What a create needs beside the specification. */
export interface Build {
  name: string;
  tags: Tags;
  /** 1 for the first try; later ones take the plan's alternatives */
  attempt: number;
  /** the cloud id of another resource of the deployment */
  idOf(key: string): string;
  /** of servers */
  userData(): Promise<Secret<Buffer>>;
  /** OpenSSH public key of the deployment */
  publicKey(): Promise<string>;
}

/** How one kind of resource is seen, made and removed. Lists show only what carries the prefix in its name. */
export interface Kind<K extends KindName> {
  /** in words: `security group` */
  label: string;
  /** seconds that it may take from the first try until ready */
  deadlineSeconds: number;
  /** a deletion that was accepted takes its time, and shows in the list until it is done */
  leavesSlowly?: boolean;
  list(cloud: Cloud, prefix: string): Promise<Found[]>;
  create(cloud: Cloud, spec: SpecOf<K>, build: Build): Promise<Found>;
  /** parts that the specification wants, in the words of {@link Found.parts} */
  parts?(spec: SpecOf<K>, idOf: (key: string) => string): string[];
  addPart?(cloud: Cloud, id: string, part: string, spec: SpecOf<K>): Promise<void>;
  /** Deletes it; what is gone already is a success. `found` is what the list showed of it. */
  remove(cloud: Cloud, found: Found): Promise<void>;
}
