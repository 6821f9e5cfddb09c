import { createHash } from 'node:crypto';
import type { Clock } from '@/lib/core/clock';
import type { Step } from '@/lib/nodes/protocol';
import { leasedFlavors } from '../nova/leased-flavors';
import { type CloudState, emptyState, type ServerRecord } from '../state/records';
import { Schedule } from '../state/schedule';
import type { CloudDefinition, FlavorDefinition, ImageDefinition, NetworkDefinition, QuotaName } from './definition';

/** What really answers where a recipe's steps are only told: the sandbox has OSCAR clusters of its own. */
export interface Software {
  /** A step ended on a server. @returns its outputs, with addresses that answer */
  installed(cloud: World, server: ServerRecord, step: Step, outputs: Record<string, string>): Promise<Record<string, string>>;
  /** A server is there no more. */
  gone(serverId: string): void;
}

export interface WorldOptions {
  definition: CloudDefinition;
  /** of the sandbox: `http://localhost:3100` */
  sandboxUrl: string;
  clock: Clock;
  speed: number;
  state: CloudState;
  changed: () => void;
  /** what was made with the data folder */
  secrets: { password: string; applicationCredentialSecret: string };
  /** asks the OpenID provider about an access token */
  introspect: (accessToken: string) => Promise<Record<string, unknown> | null>;
  software: Software;
}

/** One cloud at work: what it is, what is in it, and its time. All services share it. */
export class World {
  readonly definition: CloudDefinition;
  readonly url: string;
  readonly speed: number;
  readonly schedule: Schedule;
  readonly secrets: WorldOptions['secrets'];
  readonly introspect: WorldOptions['introspect'];
  readonly changed: () => void;
  readonly software: Software;
  state: CloudState;
  readonly #clock: Clock;

  constructor(options: WorldOptions) {
    this.definition = options.definition;
    this.url = `${options.sandboxUrl}/${options.definition.id}`;
    this.speed = options.speed;
    this.secrets = options.secrets;
    this.introspect = options.introspect;
    this.changed = options.changed;
    this.software = options.software;
    this.state = options.state;
    this.#clock = options.clock;
    const clock = { now: () => new Date(options.clock.now().getTime() + this.state.aheadMs) };
    this.schedule = new Schedule({ clock, speed: options.speed, kept: () => this.state, changed: options.changed });
  }

  /**
   * Moves this cloud's time on. What is due on the way happens on the way, so that a lease begins and ends when it should.
   * @param moment no earlier than now
   */
  moveTo(moment: number): void {
    const ahead = (to: number) => {
      this.state.aheadMs = Math.max(this.state.aheadMs, to - this.#clock.now().getTime());
    };
    // agents post by themselves, so theirs are not waited for
    for (let next = this.schedule.next('lease'); next !== null && next <= moment; next = this.schedule.next('lease')) {
      ahead(next);
      this.schedule.run();
    }
    ahead(moment);
    this.schedule.run();
    this.changed();
  }

  now(): number {
    return this.schedule.now();
  }

  /** Forgets everything that anybody did. */
  reset(): void {
    for (const { id } of this.state.servers) this.software.gone(id);
    this.state = emptyState();
    this.changed();
  }

  /** One of the cloud's flavors, or one that a lease gives its project while it runs. */
  flavor(id: string): FlavorDefinition | undefined {
    return this.definition.flavors.find((flavor) => flavor.id === id) ?? leasedFlavors(this).find(({ flavor }) => flavor.id === id)?.flavor;
  }

  image(id: string): ImageDefinition | undefined {
    return this.definition.images.find((image) => image.id === id);
  }

  builtInNetwork(id: string): NetworkDefinition | undefined {
    return this.definition.networks.find((network) => network.id === id);
  }

  projectId(name: string): string {
    return stableHex(`${this.definition.id}/project/${name}`);
  }

  projectName(id: string): string | undefined {
    return this.definition.projects.find((project) => this.projectId(project.name) === id)?.name;
  }

  /** The limit of a project; -1 is none. */
  quota(projectId: string, name: QuotaName): number {
    return this.state.quotas[projectId]?.[name] ?? this.definition.quotas[name];
  }

  /** Whether Keystone takes trusts from who speaks by an application credential. */
  trustsCredentials(): boolean {
    return this.state.settings.applicationCredentialTrusts ?? this.definition.blazar?.trustsCredentials ?? false;
  }

  /** A number that no other thing of this cloud has had. */
  nextNumber(): number {
    this.state.counter += 1;
    return this.state.counter;
  }
}

/** 32 hexadecimal digits that are the same for the same name, as Keystone's ids look. */
export function stableHex(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** A UUID that is the same for the same name. */
export function stableUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
