import type { World } from '../cloud/world';
import type { ServerRecord } from '../state/records';
import { novaFault } from './errors';
import { checkComputeQuota } from './limits';

/** What a resize does to the machine. */
interface Machine {
  silence(server: ServerRecord): void;
  /** it runs: ACTIVE, its agent boots */
  run(server: ServerRecord): void;
  set(server: ServerRecord, change: Partial<ServerRecord>): void;
}

/**
 * Nova's resize (nova/compute/api.py, `resize`, `confirm_resize`, `revert_resize`; states: doc/source/reference/vm-states.rst): RESIZE, then
 * VERIFY_RESIZE until it is confirmed or reverted. What no host can do is found out afterwards, and the server is then what it was before, with no word of
 * why.
 */
export class Resizing {
  readonly #world: World;
  readonly #machine: Machine;

  constructor(world: World, machine: Machine) {
    this.#world = world;
    this.#machine = machine;
    const on = (kind: string, change: (server: ServerRecord) => void) =>
      world.schedule.on(kind, (id) => {
        const server = world.state.servers.find((one) => one.id === id);
        if (server) change(server);
      });
    on('server-resized', (server) => this.#resized(server));
    on('server-resize-confirmed', (server) => this.#over(server));
    on('server-resize-reverted', (server) => this.#reverted(server));
  }

  /** @throws Refusal 400 for a flavor that is not there, is the same or has no disk, 403 beyond the quota */
  begin(server: ServerRecord, flavorId: string): void {
    const flavor = this.#world.definition.flavors.find(({ id }) => id === flavorId);
    if (!flavor) throw novaFault(400, `Flavor ${flavorId} could not be found.`);
    if (flavorId === server.flavorId) throw novaFault(400, 'When resizing, instances must change flavor!');
    const old = this.#world.flavor(server.flavorId);
    if (flavor.diskGiB === 0 && (old?.diskGiB ?? 0) > 0)
      throw novaFault(400, 'Server disk was unable to be resized because: Resize to zero disk flavor is not allowed.');
    const more = (is: number, was: number | undefined) => Math.max(0, is - (was ?? 0));
    checkComputeQuota(this.#world, server.projectId, {
      instances: 0,
      cores: more(flavor.vcpus, old?.vcpus),
      ram: more(flavor.ramMiB, old?.ramMiB),
    });
    const ran = server.vmState === 'active';
    this.#machine.silence(server);
    this.#machine.set(server, { status: 'RESIZE', taskState: 'resize_prep', resize: { flavorId, ran } });
    this.#world.schedule.after(1500, 'server-resized', server.id);
  }

  confirm(server: ServerRecord): void {
    this.#world.schedule.after(300, 'server-resize-confirmed', server.id);
  }

  revert(server: ServerRecord): void {
    this.#machine.silence(server);
    this.#machine.set(server, { status: 'REVERT_RESIZE', taskState: 'resize_reverting' });
    this.#world.schedule.after(1000, 'server-resize-reverted', server.id);
  }

  #resized(server: ServerRecord): void {
    const { resize } = server;
    if (!resize) return;
    const [is, was] = [this.#world.flavor(resize.flavorId), this.#world.flavor(server.flavorId)];
    const refused = is?.fault === 'error-state' || is?.bareMetal !== was?.bareMetal || (is?.diskGiB ?? 0) < (was?.diskGiB ?? 0);
    if (refused) {
      this.#over(server);
      return;
    }
    const from = server.flavorId;
    this.#machine.set(server, { flavorId: resize.flavorId, resize: { ...resize, flavorId: from } });
    if (resize.ran) this.#machine.run(server);
    this.#machine.set(server, { status: 'VERIFY_RESIZE', vmState: 'resized', taskState: null });
  }

  #reverted(server: ServerRecord): void {
    if (server.resize) this.#machine.set(server, { flavorId: server.resize.flavorId, vmState: 'active' });
    this.#over(server);
  }

  // It is an ordinary server again; where it was stopped for the resize it boots.
  #over(server: ServerRecord): void {
    const { resize, status } = server;
    delete server.resize;
    if (!resize?.ran) this.#machine.set(server, { status: 'SHUTOFF', vmState: 'stopped', taskState: null, powerState: 4 });
    else if (status === 'VERIFY_RESIZE') this.#machine.set(server, { status: 'ACTIVE', vmState: 'active', taskState: null });
    else this.#machine.run(server);
  }
}
