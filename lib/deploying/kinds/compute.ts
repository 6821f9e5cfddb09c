import { AppError, type ErrorCode } from '@/lib/core/errors';
import type { Cloud, CloudServer } from '@/lib/openstack/types';
import { reservationsIn } from './lease';
import { metalDeadlineSeconds, metalLeaveSeconds, serverLeaveSeconds } from './times';
import { type Build, everybodys, type Found, type Kind, type SpecOf } from './types';

export const keyPair: Kind<'keyPair'> = {
  label: 'key pair',
  service: 'compute',
  deadlineSeconds: () => 120,
  tries: () => 2,
  leaveSeconds: () => 2,
  async list(cloud, prefix) {
    const pairs = await cloud.compute.keyPairs();
    return pairs.filter(({ name }) => name.startsWith(prefix)).map(({ name, fingerprint }) => pairOf(name, fingerprint));
  },
  async create(cloud, _spec, build) {
    const { name, fingerprint } = await cloud.compute.createKeyPair(build.name, await build.publicKey());
    return pairOf(name, fingerprint);
  },
  remove: (cloud, found) => cloud.compute.deleteKeyPair(found.id),
};

function pairOf(name: string, fingerprint: string): Found {
  return { id: name, name, state: 'ready', observed: { fingerprint }, parts: [] };
}

// Many sites attach volumes within one zone only, and which zone a volume got shows when it is made.
function zoneOfVolumes({ volumes, zones = [] }: SpecOf<'server'>, { observedOf }: Build): string | undefined {
  const found = volumes.map((key) => observedOf(key).zone).find((zone) => typeof zone === 'string' && zones.includes(zone));
  return typeof found === 'string' ? found : undefined;
}

/** Flavor and zone of the n-th try: first as planned, then the plan's alternatives in turn. */
function variantOf(spec: SpecOf<'server'>, attempt: number): { flavorId: string; availabilityZone?: string } {
  const other = attempt > 1 ? spec.alternatives[(attempt - 2) % Math.max(1, spec.alternatives.length)] : undefined;
  return { flavorId: other?.flavorId ?? spec.flavorId, availabilityZone: other?.availabilityZone ?? spec.availabilityZone };
}

/** What another zone or flavor may help against. */
const refusedByPlace = new Set<ErrorCode>(['zone-mismatch', 'zone-not-found', 'no-host-available']);

export const server: Kind<'server'> = {
  label: 'server',
  service: 'compute',
  deadlineSeconds: (_spec, { bareMetal, serverDeadlineSeconds }) => serverDeadlineSeconds ?? (bareMetal ? metalDeadlineSeconds : 900),
  leaveSeconds: (_spec, { bareMetal }) => (bareMetal ? metalLeaveSeconds : serverLeaveSeconds),
  // every alternative once, and at least one more time where there is none
  tries: (spec) => 1 + Math.max(1, spec.alternatives.length),
  becomes: true,
  otherWays: (spec, { code }) => (refusedByPlace.has(code) ? spec.alternatives.length : 0),
  needsAddresses: true,
  node: (spec) => spec.node,
  standsOn: ({ lease, reservationId }) =>
    lease === undefined && reservationId === undefined ? undefined : { lease, reservation: reservationId },
  // Nova shows the state a moment before the fault
  faultLagSeconds: 5,
  leavesSlowly: true,
  async list(cloud, prefix) {
    const servers = await cloud.compute.servers({ namePrefix: prefix });
    const ours = servers.filter(({ name }) => name.startsWith(prefix));
    // a look at a whole project asks nothing about single machines
    const alone = prefix !== everybodys;
    return Promise.all(ours.map(async (it) => serverOf(alone && needsItsFault(it) ? ((await cloud.compute.server(it.id)) ?? it) : it)));
  },
  async create(cloud, spec, build) {
    const on = spec.lease === undefined ? undefined : reservationsIn(build.observedOf(spec.lease));
    const reservation = on && (build.reservation ?? on.all[0]?.id);
    if (on && reservation === undefined) throw noReservation(cloud.site);
    const variant = on?.asFlavor && reservation !== undefined ? { flavorId: reservation } : variantOf(spec, build.attempt);
    const { id } = await cloud.compute.createServer({
      name: build.name,
      flavorId: variant.flavorId,
      imageId: spec.imageId,
      portIds: spec.ports.map(build.idOf),
      keyPair: build.idOf(spec.keyPair),
      userData: await build.userData(),
      volumeIds: spec.volumes.map(build.idOf),
      ...(spec.bootVolumeGiB !== undefined && { bootVolume: { sizeGiB: spec.bootVolumeGiB, type: spec.volumeType } }),
      configDrive: spec.configDrive,
      availabilityZone: variant.availabilityZone ?? zoneOfVolumes(spec, build),
      reservationId: spec.reservationId ?? (on?.asFlavor ? undefined : reservation),
      metadata: { 'transat:deployment': build.tags.deployment, 'transat:key': build.tags.key },
    });
    return { id, name: build.name, state: 'building', observed: { status: 'BUILD', ...variant }, parts: [] };
  },
  remove: (cloud, found) => cloud.compute.deleteServer(found.id),
};

function noReservation(site: string): AppError {
  return new AppError({
    code: 'invalid-input',
    title: 'The lease holds nothing that a server could boot on',
    detail: `The lease at ${site} has neither hosts nor machines.`,
    remedy: 'Deploy again on a lease of hosts or machines.',
  });
}

// Nova's lists leave out the fault of a server for which it found no host; the server alone tells it.
function needsItsFault({ status, fault }: CloudServer): boolean {
  return status === 'ERROR' && !fault;
}

// https://docs.openstack.org/api-guide/compute/server_concepts.html: the states of a server
const settled = new Map<string, Found['state']>([
  ['ACTIVE', 'ready'],
  // it runs, and waits for a word on its other flavor
  ['VERIFY_RESIZE', 'ready'],
  ['SHUTOFF', 'stopped'],
  ['STOPPED', 'stopped'],
  ['SUSPENDED', 'stopped'],
  ['PAUSED', 'stopped'],
  ['SHELVED', 'stopped'],
  ['SHELVED_OFFLOADED', 'stopped'],
  ['ERROR', 'error'],
  ['DELETED', 'leaving'],
  ['SOFT_DELETED', 'leaving'],
]);

function serverOf(it: CloudServer): Found {
  const state = it.taskState === 'deleting' ? 'leaving' : (settled.get(it.status) ?? 'building');
  return {
    id: it.id,
    name: it.name,
    state,
    observed: {
      status: it.status,
      taskState: it.taskState,
      addresses: it.addresses.map(({ address }) => address),
      hostId: it.hostId,
      flavorName: it.flavorName,
      deployment: it.metadata['transat:deployment'],
    },
    parts: [],
    fault: it.fault?.message,
  };
}

/** Sends a power request for a server. */
export async function sendPower(cloud: Cloud, id: string, power: 'start' | 'stop' | 'SOFT' | 'HARD'): Promise<void> {
  if (power === 'start') await cloud.compute.startServer(id);
  else if (power === 'stop') await cloud.compute.stopServer(id);
  else await cloud.compute.rebootServer(id, power);
}

/** Asks for another flavor for a server that stands, or says whether it keeps the one that it was given. */
export async function sendResize(cloud: Cloud, id: string, word: { flavorId: string } | 'confirm' | 'revert'): Promise<void> {
  if (word === 'confirm') await cloud.compute.confirmResize(id);
  else if (word === 'revert') await cloud.compute.revertResize(id);
  else await cloud.compute.resizeServer(id, word.flavorId);
}
