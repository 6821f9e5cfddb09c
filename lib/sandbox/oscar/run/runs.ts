import { randomUUID } from 'node:crypto';
import { membersOf } from '../api/federation';
import { arnOf } from '../api/service-buckets';
import { programFor } from '../programs';
import { eventBody, isWanted } from '../s3/events';
import type { RunRecord, ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { delegate, ManagerCrash } from './delegate';
import { freeOn, isSchedulable, placeFor, quantity } from './resources';
import { supervise } from './supervisor';

const LONGEST_NAME = 25;
const SHORT_NAME = 16;
const RESTART_MS = 5_000;
const MOST_LOG_LINES = 2_000;
const unfinished = ['Pending', 'Running'];

/** The jobs of a cluster: submitted, placed on machines, run, ended; or handed to another cluster. */
export class Runs {
  readonly #world: OscarWorld;

  constructor(world: OscarWorld) {
    this.#world = world;
    const { schedule } = world;
    schedule.on('start', (name) => this.#start(name));
    schedule.on('end', (name) => this.#end(name));
    schedule.on('look', () => this.#look());
    schedule.on('reschedule', () => this.#reschedule());
    world.listeners.add((event) => {
      const bucket = world.bucket(event.bucket);
      for (const rule of bucket?.rules ?? []) {
        if (!isWanted(event, rule)) continue;
        const service = world.state.services.find((one) => arnOf(one.name) === rule.arn);
        if (!service) continue;
        // MinIO has a token of before, OSCAR lets it in no more, and nobody hears of the file
        if (world.state.settings.staleWebhooks && service.webhookToken && service.webhookToken !== service.token) continue;
        const body = JSON.stringify(eventBody(event, world.now(), world.minioUrl));
        this.#follow(this.submit(service, body, event.user === 'minio' ? service.owner : event.user));
      }
    });
  }

  /**
   * Takes a job, or hands it on where this cluster is full.
   * @param wanted.name the job's name, where whoever submits chooses it
   * @returns false: a job of that name is there already
   * @throws ManagerCrash
   */
  async submit(
    service: ServiceRecord,
    event: string,
    owner: string,
    wanted: { name?: string; origin?: RunRecord['origin'] } = {},
  ): Promise<boolean> {
    const { state, definition, schedule } = this.#world;
    const prefix = service.name.length >= LONGEST_NAME ? service.name.slice(0, SHORT_NAME) : service.name;
    const name = wanted.name ?? `${prefix}-${randomUUID()}`;
    if (state.runs.some((run) => run.name === name)) return false;
    const size = { milliCores: (quantity(service.cpu) ?? 0.2) * 1000, memoryBytes: quantity(service.memory) ?? 0 };
    if (!state.jobs.some(({ kind }) => kind === 'look')) this.#snapshot();
    const federated = membersOf(service).length > 0;
    if (federated && !isSchedulable(size, state.snapshot) && (await delegate(this.#world, service, event, name))) return true;
    const threshold =
      service.federation?.rescheduler_threshold || service.rescheduler_threshold || definition.rescheduler?.thresholdSeconds;
    state.runs.push({
      name,
      service: service.name,
      event,
      owner,
      status: 'Pending',
      createdAt: this.#world.now(),
      startedAt: null,
      finishedAt: null,
      node: null,
      ...size,
      threshold: federated && definition.rescheduler ? (threshold ?? null) : null,
      log: [],
      origin: wanted.origin ?? null,
    });
    this.#world.changed();
    this.#place();
    this.#arm('look', definition.resourceManagerSeconds);
    if (definition.rescheduler) this.#arm('reschedule', definition.rescheduler.intervalSeconds);
    schedule.run();
    return true;
  }

  /** Runs a program at once and gives what it printed and wrote: what `/run` does. */
  now(service: ServiceRecord, body: Buffer): { log: string; files: { name: string; bytes: Buffer }[] } | null {
    const result = programFor(service.image)?.run({ name: 'input', bytes: body }, service.environment.variables);
    return result ? { log: result.log.join('\n'), files: result.files } : null;
  }

  /** Starts what waits and fits, oldest first. */
  #place(): void {
    const { state, definition, schedule } = this.#world;
    const nodes = definition.nodes();
    for (const run of state.runs.filter((one) => one.status === 'Pending' && one.node === null)) {
      const node = placeFor(run, freeOn(nodes, state.runs));
      if (node === null) continue;
      run.node = node;
      const image = `${node} ${this.#world.service(run.service)?.image ?? ''}`;
      const pulled = state.pulled.includes(image);
      if (!pulled) state.pulled.push(image);
      const seconds = definition.timing.podStart + (pulled ? 0 : definition.timing.imagePull);
      schedule.after(seconds * 1000, 'start', run.name);
    }
  }

  #start(name: string): void {
    const run = this.#run(name);
    const service = run && this.#world.service(run.service);
    if (!run || !service || run.status !== 'Pending') return;
    run.status = 'Running';
    run.startedAt = this.#world.now();
    const seconds = programFor(service.image)?.seconds(service.environment.variables) ?? 1;
    this.#world.schedule.after(seconds * 1000, 'end', name);
  }

  async #end(name: string): Promise<void> {
    const run = this.#run(name);
    const service = run && this.#world.service(run.service);
    if (!run || !service || run.status !== 'Running') return;
    const outcome = await supervise(this.#world, service, run);
    run.log = outcome.log.slice(0, MOST_LOG_LINES);
    run.status = outcome.ok ? 'Succeeded' : 'Failed';
    run.finishedAt = this.#world.now();
    this.#world.changed();
    this.#place();
  }

  #look(): void {
    this.#snapshot();
    this.#place();
    if (this.#busy()) this.#arm('look', this.#world.definition.resourceManagerSeconds);
  }

  async #reschedule(): Promise<void> {
    const { state, definition, options } = this.#world;
    try {
      for (const run of state.runs.filter(({ status }) => status === 'Pending')) {
        const waited = ((this.#world.now() - run.createdAt) * options.speed) / 1000;
        if (run.status !== 'Pending' || run.threshold === null || waited <= run.threshold) continue;
        const service = this.#world.service(run.service);
        const taken = service && (await delegate(this.#world, service, run.event, run.name));
        if (!taken || run.status !== 'Pending') continue;
        state.runs = state.runs.filter((one) => one !== run);
        this.#world.schedule.cancel(run.name);
        this.#world.changed();
      }
      this.#place();
    } catch (error) {
      if (!(error instanceof ManagerCrash)) throw error;
      this.crash();
    }
    if (definition.rescheduler && this.#busy()) this.#arm('reschedule', definition.rescheduler.intervalSeconds);
  }

  /** The manager ends and Kubernetes starts it again; meanwhile OSCAR's API does not answer. */
  crash(): void {
    const { state, options } = this.#world;
    state.crashes += 1;
    state.backAt = this.#world.now() + RESTART_MS / options.speed;
    this.#world.changed();
  }

  #snapshot(): void {
    const { state, definition } = this.#world;
    state.snapshot = freeOn(definition.nodes(), state.runs);
  }

  #busy(): boolean {
    return this.#world.state.runs.some((run) => unfinished.includes(run.status));
  }

  #arm(kind: string, seconds: number): void {
    const { state, schedule } = this.#world;
    if (!state.jobs.some((job) => job.kind === kind)) schedule.after(seconds * 1000, kind, 'cluster');
  }

  #run(name: string): RunRecord | undefined {
    return this.#world.state.runs.find((run) => run.name === name);
  }

  /** What a webhook began: a crash loses its event, as upstream does. */
  #follow(work: Promise<unknown>): void {
    this.#world.follow(work);
  }
}
