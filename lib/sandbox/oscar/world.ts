import type { Clock } from '@/lib/core/clock';
import { Faults } from '../cloud/faults';
import { Schedule } from '../state/schedule';
import { type Abilities, abilitiesOf, type OscarDefinition } from './definition';
import { Files } from './s3/files';
import type { BucketRecord, ObjectRecord, OscarState, ServiceRecord } from './state';

export interface OscarWorldOptions {
  definition: OscarDefinition;
  clock: Clock;
  speed: number;
  state: OscarState;
  changed: () => void;
  /** folder of the objects' bytes */
  folder: string;
  /** host name under which the product and browsers reach the sandbox */
  host: string;
  introspect: (accessToken: string) => Promise<Record<string, unknown> | null>;
  /** whether the machine it is on has power */
  powered: () => boolean;
  /** a new access token for a refresh token that a service was given */
  refresh: (refreshToken: string) => Promise<string | null>;
}

export const ROOT_USER = 'minio';
/** To whom OSCAR says that belongs what is made with the cluster's password. */
export const CLUSTER_ADMIN = 'cluster_admin';
/** Whose account a service's owner stands for. */
export const accountOf = (owner: string) => (owner === CLUSTER_ADMIN || owner === '' ? ROOT_USER : owner);
export const REGION = 'us-east-1';

/** What happens to an object, for those who listen and for webhooks. */
export interface ObjectEvent {
  kind: 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload' | 'ObjectRemoved:Delete';
  bucket: string;
  key: string;
  object: ObjectRecord | null;
  user: string;
}

/** One OSCAR cluster at work, with its MinIO: what it is, what is in it, and its time. */
export class OscarWorld {
  readonly definition: OscarDefinition;
  readonly abilities: Abilities;
  readonly schedule: Schedule;
  readonly files: Files;
  readonly faults = new Faults();
  readonly options: OscarWorldOptions;
  readonly state: OscarState;
  readonly changed: () => void;
  /** who wants to hear of objects, such as those who listen by S3 */
  readonly listeners = new Set<(event: ObjectEvent) => void>();
  /** who waits until MinIO has started again */
  readonly restarts = new Set<() => void>();
  readonly #working = new Set<Promise<void>>();

  constructor(options: OscarWorldOptions) {
    this.options = options;
    this.definition = options.definition;
    this.abilities = abilitiesOf(options.definition.dialect);
    this.state = options.state;
    this.changed = options.changed;
    this.files = new Files(options.folder);
    this.schedule = new Schedule({
      clock: options.clock,
      speed: options.speed,
      kept: () => this.state,
      changed: options.changed,
    });
    this.schedule.on('minio-back', () => {
      for (const done of this.restarts) done();
      this.restarts.clear();
    });
  }

  /** Where OSCAR answers. */
  get url(): string {
    return `http://${this.options.host}:${this.state.ports.api}`;
  }

  /** Where MinIO answers those outside. */
  get minioUrl(): string {
    return `http://${this.options.host}:${this.state.ports.minio}`;
  }

  /** What OSCAR says MinIO's address is. */
  get minioEndpoint(): string {
    return this.state.settings.privateMinio ? 'http://minio.minio:9000' : this.minioUrl;
  }

  now(): number {
    return this.schedule.now();
  }

  service(name: string): ServiceRecord | undefined {
    return this.state.services.find((service) => service.name === name);
  }

  bucket(name: string): BucketRecord | undefined {
    return this.state.buckets.find((bucket) => bucket.name === name);
  }

  /** The secret of an access key of MinIO. */
  secretOf(accessKey: string): string | undefined {
    if (accessKey === ROOT_USER) return this.state.minioPassword;
    return Object.hasOwn(this.state.users, accessKey) ? this.state.users[accessKey] : undefined;
  }

  /** Whether anything answers at all. */
  get answers(): boolean {
    return this.options.powered() && !this.state.settings.unreachable;
  }

  minioIsBack(): boolean {
    return this.state.minioBackAt <= this.now();
  }

  /** Puts an object in its place, and tells those who listen. */
  put(bucket: BucketRecord, key: string, object: ObjectRecord, kind: ObjectEvent['kind'], user: string): void {
    const before = bucket.objects[key];
    if (before) this.files.remove(before.file);
    bucket.objects[key] = object;
    this.changed();
    this.tell({ kind, bucket: bucket.name, key, object, user });
  }

  /** Takes an object away. @returns whether there was one */
  remove(bucket: BucketRecord, key: string, user: string): boolean {
    const before = Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;
    if (!before) return false;
    this.files.remove(before.file);
    delete bucket.objects[key];
    this.changed();
    this.tell({ kind: 'ObjectRemoved:Delete', bucket: bucket.name, key, object: null, user });
    return true;
  }

  /** Takes a bucket with all that is in it. */
  removeBucket(name: string): void {
    const at = this.state.buckets.findIndex((bucket) => bucket.name === name);
    const [gone] = at < 0 ? [] : this.state.buckets.splice(at, 1);
    for (const object of Object.values(gone?.objects ?? {})) this.files.remove(object.file);
    this.changed();
  }

  /** Work that goes on behind an answer: {@link settled} waits for it. */
  follow(work: Promise<unknown>): void {
    const followed: Promise<void> = work.then(
      () => undefined,
      () => undefined, // whatever went wrong is told by what it did not do
    );
    this.#working.add(followed);
    void followed.then(() => this.#working.delete(followed));
  }

  /** Resolves when nothing goes on any more that was begun. */
  async settled(): Promise<void> {
    do {
      await this.schedule.settled();
      await Promise.all(this.#working);
    } while (this.#working.size > 0);
  }

  private tell(event: ObjectEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
