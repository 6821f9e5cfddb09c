import { randomUUID } from 'node:crypto';
import { hostIndex } from '../blazar/calendar';
import type { World } from '../cloud/world';
import { dropPort } from '../neutron/net';
import type { NodeAgents } from '../node/agents';
import type { ServerRecord } from '../state/records';
import { type LeasedFlavor, leasedFlavors } from './leased-flavors';
import { hostIdOf } from './new-server';
import { Resizing } from './resize';
import { portsOf } from './show-server';

const NO_HOST = 'No valid host was found. There are not enough hosts available.';

/** What happens to servers over time: building, booting, stopping, ending. */
export class ServerLife {
  readonly #world: World;
  readonly #agents: NodeAgents;
  readonly #resizing: Resizing;

  constructor(world: World, agents: NodeAgents) {
    this.#world = world;
    this.#agents = agents;
    const on = (kind: string, change: (server: ServerRecord) => void) =>
      world.schedule.on(kind, (id) => {
        const server = world.state.servers.find((one) => one.id === id);
        if (server) change(server);
      });
    on('server-spawn', (server) => this.#set(server, { taskState: 'spawning' }));
    on('server-built', (server) => this.#built(server));
    on('server-stopped', (server) => this.#set(server, { status: 'SHUTOFF', vmState: 'stopped', taskState: null, powerState: 4 }));
    on('server-started', (server) => this.#running(server));
    on('server-deleted', (server) => this.#gone(server));
    this.#resizing = new Resizing(world, {
      silence: (server) => agents.silence(server),
      run: (server) => this.#running(server),
      set: (server, change) => this.#set(server, change),
    });
  }

  /** Another flavor, as Nova gives it. @throws Refusal for one that is not there, is the same, or is beyond the quota */
  resize(server: ServerRecord, flavorId: string): void {
    this.#resizing.begin(server, flavorId);
  }

  confirmResize(server: ServerRecord): void {
    this.#resizing.confirm(server);
  }

  revertResize(server: ServerRecord): void {
    this.#resizing.revert(server);
  }

  /** A server was accepted: it will be built, in a time that depends on what it is. */
  begin(server: ServerRecord): void {
    const { timing } = this.#world.definition;
    const [least, most] = this.#flavor(server)?.bareMetal ? timing.bareMetalBuild : timing.build;
    // spread by the id, so that a group's servers do not all come up in the same moment
    const spread = Number.parseInt(server.id.slice(0, 4), 16) / 0xffff;
    const seconds = least + (most - least) * spread;
    this.#world.schedule.after(seconds * 400, 'server-spawn', server.id);
    this.#world.schedule.after(seconds * 1000, 'server-built', server.id);
  }

  stop(server: ServerRecord): void {
    this.#agents.silence(server);
    this.#set(server, { taskState: 'powering-off' });
    this.#world.schedule.after(1500, 'server-stopped', server.id);
  }

  start(server: ServerRecord): void {
    this.#set(server, { taskState: 'powering-on' });
    this.#world.schedule.after(1200, 'server-started', server.id);
  }

  reboot(server: ServerRecord, kind: 'SOFT' | 'HARD'): void {
    this.#agents.silence(server);
    const hard = kind === 'HARD';
    this.#set(server, { status: hard ? 'HARD_REBOOT' : 'REBOOT', taskState: hard ? 'rebooting_hard' : 'rebooting' });
    this.#world.schedule.after(1500, 'server-started', server.id);
  }

  /** Begins the end of a server; it is still listed for a moment. */
  remove(server: ServerRecord): void {
    if (server.taskState === 'deleting') return;
    this.#agents.silence(server);
    this.#world.schedule.cancel(server.id);
    this.#set(server, { taskState: 'deleting' });
    this.#world.schedule.after(this.#world.definition.timing.delete * 1000, 'server-deleted', server.id);
  }

  /** Ends a server at once, as Blazar does when a lease ends. */
  removeNow(server: ServerRecord): void {
    this.#agents.silence(server);
    this.#world.schedule.cancel(server.id);
    this.#gone(server);
  }

  #flavor(server: ServerRecord) {
    return this.#world.flavor(server.flavorId);
  }

  #built(server: ServerRecord): void {
    const flavor = this.#flavor(server);
    const leased = leasedFlavors(this.#world).find(({ flavor: one }) => one.id === server.flavorId);
    const host = leased ? this.#freePlace(leased) : flavor?.bareMetal ? this.#freeHost(server) : this.#virtualHost(server);
    if (flavor?.fault === 'error-state' || host === null) {
      this.#failed(server, NO_HOST);
      return;
    }
    if (server.ports.some(({ id }) => !this.#world.state.ports.some((port) => port.id === id))) {
      this.#failed(server, `Build of instance ${server.id} aborted: Failed to allocate the network(s), not rescheduling.`);
      return;
    }
    const now = this.#world.now();
    Object.assign(server, {
      hostId: hostIdOf(server.projectId, host),
      hostName: leased || flavor?.bareMetal ? host : null,
      launchedAt: now,
    });
    server.zone =
      flavor?.bareMetal && server.reservationId
        ? `blazar_${server.reservationId}`
        : (server.wantedZone ?? this.#world.definition.zones[0] ?? 'nova');
    for (const attached of server.volumes) this.#attach(server, attached);
    this.#running(server);
  }

  #running(server: ServerRecord): void {
    this.#set(server, { status: 'ACTIVE', vmState: 'active', taskState: null, powerState: 1 });
    for (const port of portsOf(this.#world, server)) port.status = 'ACTIVE';
    if (this.#flavor(server)?.fault === 'never-boots')
      server.console = [
        'Booting from Hard Disk...',
        'GRUB loading.',
        'error: no such partition.',
        'Entering rescue mode...',
        'grub rescue>',
      ];
    else this.#agents.boot(server);
  }

  #failed(server: ServerRecord, message: string): void {
    for (const port of portsOf(this.#world, server)) Object.assign(port, { deviceId: '', deviceOwner: '', status: 'DOWN' });
    for (const { id } of server.volumes) this.#detach(id);
    server.fault = { code: 500, message, createdAt: this.#world.now() };
    this.#set(server, { status: 'ERROR', vmState: 'error', taskState: null });
  }

  #gone(server: ServerRecord): void {
    const { state } = this.#world;
    for (const { id, ours } of server.ports) {
      const port = state.ports.find((one) => one.id === id);
      if (ours) dropPort(this.#world, id);
      else if (port?.deviceId === server.id)
        Object.assign(port, { deviceId: '', deviceOwner: '', status: 'DOWN', updatedAt: this.#world.now() });
    }
    for (const { id, deleteOnTermination } of server.volumes) {
      this.#detach(id);
      if (deleteOnTermination) state.volumes = state.volumes.filter((volume) => volume.id !== id);
    }
    state.servers = state.servers.filter((one) => one !== server);
    this.#world.software.gone(server.id);
    this.#world.changed();
  }

  #attach(server: ServerRecord, { id, device }: { id: string; device: string }): void {
    const volume = this.#world.state.volumes.find((one) => one.id === id);
    if (!volume) return;
    volume.status = 'in-use';
    volume.attachment = { id: randomUUID(), serverId: server.id, device, at: this.#world.now() };
  }

  #detach(id: string): void {
    const volume = this.#world.state.volumes.find((one) => one.id === id);
    if (volume) Object.assign(volume, { status: 'available', attachment: null, updatedAt: this.#world.now() });
  }

  #virtualHost(server: ServerRecord): string | null {
    // a reservation's hint on a virtual machine finds no host either: Blazar's hosts are not for them
    if (server.reservationId || this.#world.definition.blazar?.machinesNeedLease) return null;
    return `compute-${(Number.parseInt(server.id.slice(0, 2), 16) % 6) + 1}`;
  }

  /** A host of the server's reservation on which nothing runs; null where there is none, or no such reservation is active. */
  #freeHost(server: ServerRecord): string | null {
    const { leases, servers } = this.#world.state;
    const lease = leases.find(
      (one) => one.projectId === server.projectId && one.reservations.some((each) => each.id === server.reservationId),
    );
    const reservation = lease?.reservations.find((one) => one.id === server.reservationId);
    if (lease?.status !== 'ACTIVE' || reservation?.status !== 'active') return null;
    const hosts = reservation.holds.flatMap((id) => hostIndex(this.#world).get(id) ?? []);
    return hosts.find((host) => !servers.some((one) => one.hostName === host.name))?.name ?? null;
  }

  /** A host that a lease of machines keeps a place on; null where all its places are taken. */
  #freePlace({ flavor, holds }: LeasedFlavor): string | null {
    const taken = this.#world.state.servers.filter((one) => one.flavorId === flavor.id && one.hostName !== null).map((one) => one.hostName);
    for (const host of holds.flatMap((id) => hostIndex(this.#world).get(id) ?? [])) {
      const at = taken.indexOf(host.name);
      if (at < 0) return host.name;
      taken.splice(at, 1);
    }
    return null;
  }

  #set(server: ServerRecord, change: Partial<ServerRecord>): void {
    Object.assign(server, change, { updatedAt: this.#world.now() });
    this.#world.changed();
  }
}
