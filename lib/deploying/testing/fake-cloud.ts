import type { Clock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Cloud, CloudServer, Compute, Network } from '@/lib/openstack/types';
import { fakeBalancing, fakeVolumes } from './fake-cluster';
import { type FakeLeases, guardedLeases } from './fake-leases';
import { conflict, failure, unclear } from './fake-refusals';
import { fakeResizes, resizeStatus } from './fake-resize';
import { floatingIpOf, groupOf, ruleId, type Thing } from './fake-things';

/**
 * What happens to a call: `refused`, `busy` and `unauthorized` before it has an effect, `lost` unclear without effect, `cut` unclear after its effect, `die` the
 * worker dies before it, `kill` after it, before it hears of it.
 */
export type Fault = 'refused' | 'busy' | 'unauthorized' | 'lost' | 'cut' | 'die' | 'kill' | 'quota';
/** Chooses the fault of a call by its name (`createServer`) and number, from 1. */
export type Faults = (call: string, count: number) => Fault | undefined;

/** One project of an OpenStack cloud, as far as the reconciler can tell: what is made here stays, calls may fail by plan, servers take their time. */
export class FakeCloud {
  readonly things = new Map<string, Thing>();
  readonly calls = new Map<string, number>();
  readonly most = new Map<string, number>();
  faults: Faults = () => undefined;
  /** seconds for which a list leaves out what was made, by its name and number */
  lag: (call: string, count: number) => number = () => 0;
  /** left out: the site has none */
  leases: FakeLeases | undefined;
  /** seconds from request to ACTIVE */
  bootSeconds = 5;
  /** what every machine has written to its console */
  console = 'login:';
  /** where the screens of machines are to be seen, before their ids */
  consoles = 'https://cloud.example/vnc_lite.html?token=';
  /** seconds from request until a deleted server is out of the list */
  leaveSeconds = 2;
  /** servers that end in ERROR, by their name and number of tries so far */
  breaks: (name: string, tries: number) => string | undefined = () => undefined;
  /** flavors to which no server can be resized, as is found out later */
  readonly noRoomFor = new Set<string>();
  readonly #clock: Clock;
  readonly #site: string;
  #next = 1;
  #life = 0;
  #onKill = () => {};

  constructor(clock: Clock, site = 'lab') {
    this.#clock = clock;
    this.#site = site;
  }

  /** Everything whose name has the prefix. */
  ours(prefix: string): Thing[] {
    return [...this.things.values()].filter(({ name }) => name.startsWith(prefix) && !this.#hasLeft(name));
  }

  ofKind(kind: string): Thing[] {
    this.#sweep();
    return [...this.things.values()].filter((thing) => thing.kind === kind);
  }

  /** Resolves when a worker is killed. */
  killed(): Promise<'killed'> {
    return new Promise((resolve) => {
      this.#onKill = () => resolve('killed');
    });
  }

  /** As one worker sees it: after that worker was killed, no call comes back. */
  cloud(): Cloud {
    const life = this.#life;
    const whole = this.#wholeCloud();
    const guard = <T extends object>(part: T): T =>
      new Proxy(part, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            if (this.#life !== life) return new Promise(() => {});
            const answer: unknown = Reflect.apply(value, target, args);
            return Promise.resolve(answer).then(
              (result) => (this.#life === life ? result : new Promise(() => {})),
              (error: unknown) => (this.#life === life ? Promise.reject(error) : new Promise(() => {})),
            );
          };
        },
      });
    return {
      ...whole,
      compute: guard(whole.compute),
      network: guard(whole.network),
      blockStorage: whole.blockStorage && guard(whole.blockStorage),
      loadBalancing: whole.loadBalancing && guard(whole.loadBalancing),
      reservation: whole.reservation && guard(whole.reservation),
    };
  }

  #wholeCloud(): Cloud {
    const unused = () => Promise.reject(new Error('not part of this fake'));
    return {
      site: this.#site,
      identity: { user: { id: 'u', name: 'u' }, project: { id: 'p', name: 'p' }, roles: [], expiresAt: '', services: [] },
      compute: this.#compute(unused),
      network: this.#network(unused),
      image: { images: unused },
      blockStorage: fakeVolumes(
        (call, effect) => this.#call(call, effect),
        (kind) => this.ofKind(kind),
        (name) => this.#make('volume', name, {}),
        this.things,
      ),
      loadBalancing: fakeBalancing(
        (call, effect) => this.#call(call, effect),
        (kind) => this.ofKind(kind),
        () => this.#now() + this.leaveSeconds * 1000,
      ),
      reservation: this.leases ? guardedLeases(this.leases, (call, work) => this.#call(call, work)) : null,
      signOut: async () => {},
    };
  }

  #compute(unused: () => Promise<never>): Compute {
    const setPower = (id: string, power: string) => this.#call('power', () => Object.assign(this.#need(id), { power }) && undefined);
    return {
      servers: ({ namePrefix = '' }) =>
        this.#call('servers', () =>
          this.ofKind('server')
            .filter(({ name }) => name.startsWith(namePrefix))
            .map((it) => this.#server(it)),
        ),
      server: (id) => this.#call('server', () => (this.things.has(id) ? this.#server(this.#need(id)) : null)),
      createServer: ({ name, portIds, volumeIds, metadata, flavorId, reservationId, userData }) =>
        this.#call('createServer', () => {
          for (const id of [...portIds, ...volumeIds]) this.#need(id);
          const tries = (this.calls.get(`made ${name}`) ?? 0) + 1;
          this.calls.set(`made ${name}`, tries);
          return this.#make('server', name, {
            metadata,
            flavorId,
            reservationId,
            userData,
            fault: this.breaks(name, tries),
            power: 'running',
            ports: portIds,
          });
        }),
      deleteServer: (id) =>
        this.#call('deleteServer', () => {
          const server = this.things.get(id);
          if (server) server.leavesAt ??= this.#now() + this.leaveSeconds * 1000;
        }),
      startServer: (id) => setPower(id, 'running'),
      stopServer: (id) => setPower(id, 'stopped'),
      rebootServer: (id) => this.#call('reboot', () => void this.#need(id)),
      ...fakeResizes(
        (call, effect) => this.#call(call, effect),
        (id) => this.#need(id),
        () => this.#now(),
        this.noRoomFor,
      ),
      consoleLog: async () => this.console,
      remoteConsole: async (id) => new Secret(`${this.consoles}${id}`),
      flavors: unused,
      availabilityZones: unused,
      limits: unused,
      keyPairs: () => this.#call('keyPairs', () => this.ofKind('keyPair').map(({ name }) => ({ name, fingerprint: 'f', publicKey: '' }))),
      createKeyPair: (name, publicKey) =>
        this.#call('createKeyPair', () => {
          if (this.ofKind('keyPair').some((pair) => pair.name === name)) throw conflict('Key pair exists');
          this.#make('keyPair', name, {});
          return { name, fingerprint: 'f', publicKey };
        }),
      deleteKeyPair: (name) =>
        this.#call('deleteKeyPair', () => {
          for (const pair of this.ofKind('keyPair')) if (pair.name === name) this.things.delete(pair.id);
        }),
    };
  }

  #network(unused: () => Promise<never>): Network {
    const list = (call: string, kind: string) => () => this.#call(call, () => this.ofKind(kind));
    const remove = (call: string, users: (id: string) => boolean) => (id: string) =>
      this.#call(call, () => {
        if (users(id)) throw conflict('in use');
        this.things.delete(id);
      });
    const uses = (kind: string, field: string) => (id: string) => this.ofKind(kind).some((thing) => thing[field] === id);
    return {
      networks: () =>
        this.#call('networks', () =>
          this.ofKind('network').map(({ id, name }) => ({
            id,
            name,
            status: 'ACTIVE',
            description: '',
            external: false,
            shared: false,
            subnetIds: [],
          })),
        ),
      subnets: () =>
        this.#call('subnets', () =>
          this.ofKind('subnet').map(({ id, name, networkId }) => ({
            id,
            name,
            networkId: String(networkId),
            cidr: '10.0.0.0/24',
            gateway: null,
          })),
        ),
      routers: () =>
        this.#call('routers', () =>
          this.ofKind('router').map(({ id, name }) => ({ id, name, status: 'ACTIVE', externalNetworkId: 'ext' })),
        ),
      ports: ({ deviceId } = {}) =>
        this.#call('ports', () =>
          this.ofKind('port')
            .filter((port) => deviceId === undefined || port.deviceId === deviceId)
            .map((port) => this.#port(port)),
        ),
      securityGroups: () => this.#call('securityGroups', () => this.ofKind('securityGroup').map(groupOf)),
      floatingIps: () => this.#call('floatingIps', () => this.ofKind('floatingIp').map(floatingIpOf)),
      createNetwork: ({ name }) =>
        this.#call('createNetwork', () => ({
          ...this.#make('network', name, {}),
          status: 'ACTIVE',
          description: '',
          external: false,
          shared: false,
          subnetIds: [],
        })),
      createSubnet: ({ name, networkId, cidr }) =>
        this.#call('createSubnet', () => ({
          ...this.#make('subnet', name, { networkId: this.#need(networkId).id }),
          networkId,
          cidr,
          gateway: null,
        })),
      createRouter: ({ name }) =>
        this.#call('createRouter', () => ({ ...this.#make('router', name, {}), status: 'ACTIVE', externalNetworkId: 'ext' })),
      addRouterInterface: (routerId, subnetId) =>
        this.#call('addRouterInterface', () => {
          if (this.ofKind('port').some((port) => port.deviceId === routerId && port.subnetId === subnetId)) return 'there';
          this.#make('port', '', { deviceId: routerId, subnetId, owner: 'network:router_interface' });
          return 'made';
        }),
      removeRouterInterface: (routerId, subnetId) =>
        this.#call('removeRouterInterface', () => {
          for (const port of this.ofKind('port')) if (port.deviceId === routerId && port.subnetId === subnetId) this.things.delete(port.id);
        }),
      createPort: ({ name, networkId, subnetId, fixedIp }) =>
        this.#call('createPort', () => {
          this.#need(networkId);
          if (fixedIp && this.ofKind('port').some((port) => port.address === fixedIp && port.networkId === networkId))
            throw conflict('IP address already allocated');
          return this.#port(this.#make('port', name, { deviceId: '', subnetId, address: fixedIp, networkId, owner: '' }));
        }),
      createSecurityGroup: ({ name }) => this.#call('createSecurityGroup', () => groupOf(this.#make('securityGroup', name, { rules: [] }))),
      createSecurityGroupRule: (rule) =>
        this.#call('createSecurityGroupRule', () => {
          const group = this.#need(rule.securityGroupId);
          const rules = Array.isArray(group.rules) ? group.rules : [];
          const text = JSON.stringify(rule);
          if (rules.includes(text)) return 'there';
          group.rules = [...rules, text];
          return 'made';
        }),
      createFloatingIp: ({ description, portId }) =>
        this.#call('createFloatingIp', () => {
          this.#need(portId);
          if (this.ofKind('floatingIp').some((ip) => ip.portId === portId)) throw conflict('port has a floating IP');
          return floatingIpOf(this.#make('floatingIp', description, { portId }));
        }),
      deleteNetwork: remove('deleteNetwork', (id) => uses('subnet', 'networkId')(id) || uses('port', 'networkId')(id)),
      deleteSubnet: remove('deleteSubnet', uses('port', 'subnetId')),
      deleteRouter: remove('deleteRouter', uses('port', 'deviceId')),
      deletePort: remove(
        'deletePort',
        (id) => uses('floatingIp', 'portId')(id) || this.ofKind('server').some(({ ports }) => Array.isArray(ports) && ports.includes(id)),
      ),
      deleteSecurityGroupRule: (id) =>
        this.#call('deleteSecurityGroupRule', () => {
          for (const group of this.ofKind('securityGroup'))
            if (Array.isArray(group.rules)) group.rules = group.rules.filter((text) => ruleId(group.id, text) !== id);
        }),
      deleteSecurityGroup: remove('deleteSecurityGroup', () => false),
      deleteFloatingIp: remove('deleteFloatingIp', () => false),
      quotas: unused,
      extensions: list('extensions', 'none') as unknown as Network['extensions'], // always empty here
    };
  }

  async #call<T>(call: string, effect: () => T): Promise<T> {
    const count = (this.calls.get(call) ?? 0) + 1;
    this.calls.set(call, count);
    const fault = this.faults(call, count);
    if (fault === 'refused') throw failure('upstream-refused', 400, 'refused by plan');
    if (fault === 'busy') throw failure('site-rate-limited', 429, 'slow down');
    if (fault === 'unauthorized') throw failure('credential-expired', 401, 'The request you have made requires authentication.');
    if (fault === 'quota') throw failure('quota-exceeded', 403, 'Quota exceeded for cores: Requested 1, but already used 20 of 20 cores');
    const changes = !/^(servers|server|keyPairs|networks|subnets|routers|ports|securityGroups|floatingIps|volumes|loadBalancers)$/.test(
      call,
    );
    if (fault === 'lost') throw changes ? unclear() : failure('upstream-failed', 500, 'fault by plan');
    if (fault === 'die') {
      this.#life++;
      this.#onKill();
      return await new Promise(() => {});
    }
    const result = this.#lagging(effect(), changes ? 0 : this.lag(call, count));
    if (fault === 'cut') throw changes ? unclear() : failure('upstream-failed', 500, 'fault by plan');
    if (fault === 'kill') {
      this.#life++;
      this.#onKill();
    }
    return result;
  }

  #lagging<T>(result: T, seconds: number): T {
    if (seconds === 0 || !Array.isArray(result)) return result;
    const since = this.#now() - seconds * 1000;
    const young = new Set(
      [...this.things.values()].flatMap(({ id, kind, name, madeAt }) => (madeAt <= since ? [] : [kind === 'keyPair' ? name : id])),
    );
    // a list of the same things, some of them left out
    return result.filter((one: { id?: string; name: string }) => !young.has(one.id ?? one.name)) as T;
  }

  /** Has what stood here before, as it was recorded. */
  keep(things: Thing[]): void {
    for (const thing of things) this.things.set(thing.id, thing);
    this.#next = Math.max(0, ...things.map(({ id }) => Number(/-(\d+)$/.exec(id)?.[1] ?? 0))) + 1;
  }

  #make(kind: string, name: string, more: Record<string, unknown>): Thing {
    const thing: Thing = { ...more, id: `${kind}-${this.#next++}`, name, kind, madeAt: this.#now() };
    this.things.set(thing.id, thing);
    const same = [...this.things.values()].filter(
      (other) => name !== '' && other.kind === kind && other.name === name && other.leavesAt === undefined,
    );
    if (name !== '') this.most.set(name, Math.max(this.most.get(name) ?? 0, same.length));
    return thing;
  }

  #need(id: string): Thing {
    this.#sweep();
    const thing = this.things.get(id);
    if (!thing) throw failure('upstream-refused', 404, `${id} could not be found`);
    return thing;
  }

  #server(it: Thing): CloudServer {
    const isUp = this.#now() >= it.madeAt + this.bootSeconds * 1000;
    const fault = typeof it.fault === 'string' && isUp ? { code: 500, message: it.fault } : undefined;
    const status = fault
      ? 'ERROR'
      : !isUp
        ? 'BUILD'
        : (resizeStatus(it, this.#now(), this.noRoomFor) ?? (it.power === 'stopped' ? 'SHUTOFF' : 'ACTIVE'));
    const taskState = it.leavesAt === undefined ? null : 'deleting';
    const metadata = it.metadata as Record<string, string>; // as it came with the create
    return { id: it.id, name: it.name, status, taskState, fault, addresses: [], metadata, flavorName: String(it.flavorId), createdAt: '' };
  }

  #port(it: Thing) {
    const fixedIps = [{ subnetId: String(it.subnetId), address: typeof it.address === 'string' ? it.address : '10.0.0.99' }];
    return {
      id: it.id,
      name: it.name,
      status: 'DOWN',
      networkId: String(it.networkId),
      deviceId: String(it.deviceId),
      deviceOwner: String(it.owner),
      fixedIps,
    };
  }

  #now(): number {
    return this.#clock.now().getTime();
  }

  #hasLeft(name: string): boolean {
    this.#sweep();
    return ![...this.things.values()].some((thing) => thing.name === name);
  }

  #sweep(): void {
    for (const thing of this.things.values()) {
      if (typeof thing.leavesAt === 'number' && this.#now() >= thing.leavesAt) this.things.delete(thing.id);
    }
  }
}
