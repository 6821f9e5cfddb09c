import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '@/lib/core/clock';
import type { Step } from '@/lib/nodes/protocol';
import type { Software, World } from '../cloud/world';
import type { ServerRecord } from '../state/records';
import { OscarCluster } from './cluster';
import { demoClusters, type OscarDefinition, oscarAmerica, oscarEurope } from './definition';
import { deployedDefinition } from './deployed';
import { portsFrom } from './ports';
import { newState, type OscarState } from './state';
import type { OscarWorldOptions } from './world';

/** What is kept of all clusters. `server`: on which one it was installed. */
export type KeptClusters = Record<string, { state: OscarState; server?: { cloud: string; id: string; env: Record<string, string> } }>;

export interface HouseOptions {
  clock: Clock;
  speed: number;
  kept: KeptClusters;
  changed: () => void;
  folder: string;
  /** of the sandbox */
  url: string;
  /** port from which the clusters that always stand take theirs; 0: any free ones */
  firstPort: number;
  /** issuer that all clusters believe */
  issuer: string;
  /** from which passwords are made */
  secret: string;
  introspect: OscarWorldOptions['introspect'];
  refresh: OscarWorldOptions['refresh'];
}

/** All OSCAR clusters of the sandbox: two that always stand, two for the guided tour, and those that somebody deployed in its clouds. */
export class OscarHouse implements Software {
  readonly clusters = new Map<string, OscarCluster>();
  readonly #options: HouseOptions;
  #clouds: World[] = [];

  constructor(options: HouseOptions) {
    this.#options = options;
  }

  /** Opens what stands, and what was there before a restart. */
  async open(clouds: World[]): Promise<void> {
    this.#clouds = clouds;
    const { kept, issuer, firstPort } = this.#options;
    const standing = [oscarEurope(issuer), oscarAmerica(issuer), ...demoClusters(issuer)];
    const ports = portsFrom(firstPort, 2 * standing.length);
    for (const [index, definition] of standing.entries()) {
      const known = kept[definition.id] ?? { state: newState(this.#password(definition.id), this.#password(`${definition.id}/minio`)) };
      kept[definition.id] = known;
      if (known.state.ports.api === 0 && firstPort > 0) {
        const [api = 0, minio = 0] = ports.slice(2 * index);
        known.state.ports = { api, minio };
      }
      await this.#start(definition.id, definition);
    }
    for (const [key, { server }] of Object.entries(kept)) {
      if (!server) continue;
      const cloud = clouds.find(({ definition }) => definition.id === server.cloud);
      const found = cloud?.state.servers.find(({ id }) => id === server.id);
      if (cloud && found) await this.#start(key, deployedDefinition(cloud, found, server.env, issuer));
      else delete kept[key];
    }
  }

  /** A step of a recipe ended on a server. Where it installed OSCAR or its MinIO, they answer from now on, and the outputs say where. */
  async installed(cloud: World, server: ServerRecord, step: Step, outputs: Record<string, string>): Promise<Record<string, string>> {
    if (outputs.minio_endpoint === undefined && outputs.oscar_url === undefined) return outputs;
    const key = `on-${server.id.slice(0, 8)}`;
    const { kept, changed } = this.#options;
    const known = kept[key] ?? { state: newState('', ''), server: { cloud: cloud.definition.id, id: server.id, env: {} } };
    kept[key] = known;
    if (known.server) known.server.env = { ...known.server.env, ...step.env };
    if (step.env.OSCAR_PASSWORD) known.state.password = step.env.OSCAR_PASSWORD;
    if (step.env.MINIO_PASSWORD) known.state.minioPassword = step.env.MINIO_PASSWORD;
    await this.#stop(key);
    const { world } = await this.#start(key, deployedDefinition(cloud, server, known.server?.env ?? {}, this.#options.issuer));
    changed();
    const said: Record<string, string> = { ...outputs };
    if (said.minio_endpoint !== undefined) said.minio_endpoint = world.minioUrl;
    if (said.minio_console !== undefined) said.minio_console = `${this.#options.url}/oscar/${key}`;
    if (said.oscar_url !== undefined) said.oscar_url = `${world.url}/`;
    if (said.oscar_fingerprint !== undefined) said.oscar_fingerprint = 'none: the sandbox speaks plain HTTP on this machine';
    return said;
  }

  /** The server is gone, and with it whatever was on it. */
  gone(serverId: string): void {
    const { kept, changed } = this.#options;
    for (const [key, { server }] of Object.entries(kept)) {
      if (server?.id !== serverId) continue;
      const cluster = this.clusters.get(key);
      this.clusters.delete(key);
      delete kept[key];
      cluster?.world.files.clear();
      void cluster?.close();
      changed();
    }
  }

  async tick(): Promise<void> {
    for (const cluster of this.clusters.values()) await cluster.tick();
  }

  /** Forgets what people did; the clusters that always stand are as new. */
  async reset(key: string): Promise<void> {
    const cluster = this.clusters.get(key);
    if (!cluster) return;
    const { state, files } = cluster.world;
    files.clear();
    Object.assign(state, { ...newState(state.password, state.minioPassword), ports: state.ports });
    cluster.world.faults.clear();
    this.#options.changed();
  }

  async close(): Promise<void> {
    await Promise.all([...this.clusters.values()].map((cluster) => cluster.close()));
  }

  async #start(key: string, definition: OscarDefinition): Promise<OscarCluster> {
    const { clock, speed, kept, changed, folder, url, introspect, refresh } = this.#options;
    const state = kept[key]?.state ?? newState('', '');
    // what a sandbox of before kept may lack what it knows now
    Object.assign(state, { ...newState('', ''), ...state });
    const host = new URL(url).hostname;
    const powered = () => this.#isPowered(key);
    const options = { definition, clock, speed, state, changed, folder: join(folder, key), host, introspect, refresh, powered };
    const cluster = new OscarCluster(options);
    this.clusters.set(key, cluster);
    await cluster.open();
    return cluster;
  }

  async #stop(key: string): Promise<void> {
    await this.clusters.get(key)?.close();
    this.clusters.delete(key);
  }

  #isPowered(key: string): boolean {
    const on = this.#options.kept[key]?.server;
    if (!on) return true;
    const cloud = this.#clouds.find(({ definition }) => definition.id === on.cloud);
    return cloud?.state.servers.some(({ id, status }) => id === on.id && status === 'ACTIVE') ?? false;
  }

  #password(name: string): string {
    return createHash('sha256').update(`${this.#options.secret}/oscar/${name}`).digest('base64url').slice(0, 24);
  }
}
