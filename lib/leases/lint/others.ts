import { isIPv4 } from 'node:net';
import { tidyText } from '@/lib/core/text';
import { fitOn } from '@/lib/sites';
import { flavorOf } from '../resources/demands';
import { isLeasable } from '../resources/match';
import type { FlavorReservation, FloatingIpReservation, InstanceReservation, LeaseProblem, LeaseSite, NetworkReservation } from '../types';
import { type Said, say } from '../words/say';
import { lintCondition, lintCount } from './hosts';
import { problem } from './problem';

const itHas = (names: readonly string[]): Said | undefined => (names.length > 0 ? say('itHas', { names: { names } }) : undefined);

/** A reservation of machines of a flavor. */
export function lintFlavor(reservation: FlavorReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const wrong = lintCount(reservation.count, `${path}.count`, 'machines');
  const flavor = flavorOf(site, reservation);
  if (!flavor) {
    const names = site.flavors.filter(({ leased, bareMetal }) => !leased && !bareMetal).map(({ name }) => name);
    const detail = say('noFlavor', { site: site.name, flavor: reservation.flavor });
    return [...wrong, problem(`${path}.flavor`, detail, { code: 'flavor-not-found', remedy: itHas(names) })];
  }
  if (flavor.bareMetal)
    return [...wrong, problem(`${path}.flavor`, say('bareMetal', { flavor: flavor.name }), { remedy: say('reserveHosts') })];
  return wrong.length > 0 ? wrong : lintRoom(flavor, reservation.count, path, site, flavor.name);
}

/** A reservation of machines of a size of its own. */
export function lintInstance(reservation: InstanceReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const { count, vcpus, ramMiB, diskGiB } = reservation;
  const wrong = [
    ...lintCount(count, `${path}.count`, 'machines'),
    ...lintCount(vcpus, `${path}.vcpus`, 'CPUs'),
    ...lintCount(ramMiB, `${path}.ramMiB`, 'MiB of memory'),
    ...(Number.isSafeInteger(diskGiB) && diskGiB >= 0 ? [] : [problem(`${path}.diskGiB`, say('badDisk'))]),
  ];
  return wrong.length > 0 ? wrong : lintRoom(reservation, count, path, site);
}

function lintRoom(size: Parameters<typeof fitOn>[1], count: number, path: string, site: LeaseSite, flavor?: string): LeaseProblem[] {
  if (!site.hosts) return [];
  const room = site.hosts.filter((host) => isLeasable(host, site.project?.id)).reduce((sum, host) => sum + fitOn(host, size), 0);
  if (room >= count) return [];
  const values = { site: site.name, count: room, asked: count };
  return [
    problem(`${path}.count`, flavor === undefined ? say('fewMachinesOfSize', values) : say('fewMachines', { ...values, flavor }), {
      remedy: room > 0 ? say('atMost', { most: room }) : say('smaller'),
    }),
  ];
}

/** A reservation of floating IPs. */
export function lintAddresses(reservation: FloatingIpReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const { network, count, addresses = [] } = reservation;
  const wrong = lintCount(count, `${path}.count`, 'floating IPs');
  const external = site.networks.filter((one) => one.external);
  const found = external.filter(({ id, name }) => id === network || name === network);
  if (found.length !== 1) {
    const detail = say(found.length > 1 ? 'severalNetworks' : 'noExternal', { site: site.name, network });
    const remedy = found.length > 1 ? say('byId') : itHas(external.map(({ name }) => name));
    return [...wrong, problem(`${path}.network`, detail, { code: 'network-not-found', remedy })];
  }
  const known = site.addresses?.filter((one) => one.network === found[0]?.id);
  const named = addresses.flatMap((address, index) => {
    const field = `${path}.addresses.${index}`;
    if (!isIPv4(address)) return [problem(field, say('noAddress', { address }))];
    if (addresses.indexOf(address) !== index) return [problem(field, say('addressTwice', { address }), { remedy: say('addressesOnce') })];
    if (known && !known.some((one) => one.address === address))
      return [problem(field, say('addressShut', { address, network }), { remedy: say('otherAddress') })];
    return [];
  });
  if (wrong.length > 0 || named.length > 0) return [...wrong, ...named];
  if (addresses.length > count)
    return [problem(`${path}.count`, say('addressesNamed', { count: addresses.length, asked: count }), { remedy: say('asNamedOrMore') })];
  if (!known || known.length >= count) return [];
  return [problem(`${path}.count`, say('fewAddresses', { count: known.length, network, asked: count }), { remedy: say('withoutLease') })];
}

const LONGEST_NAME = 255;

/** A reservation of a network. */
export function lintNetwork(reservation: NetworkReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const { name, physicalNetwork, properties = [] } = reservation;
  const problems: LeaseProblem[] = [];
  if (name.trim() === '' || [...name].length > LONGEST_NAME || tidyText(name) !== name || /[\t\n]/.test(name))
    problems.push(problem(`${path}.name`, say('badNetworkName', { most: LONGEST_NAME }), { remedy: say('otherName') }));
  const { segments } = site;
  if (!segments) return problems;
  problems.push(
    ...properties.flatMap((condition, index) =>
      lintCondition(condition, `${path}.properties.${index}`, segments, (name) => say('noNetworkProperty', { name, site: site.name })),
    ),
  );
  if (physicalNetwork !== undefined && !segments.some((one) => one.properties.physical_network === physicalNetwork))
    problems.push(
      problem(`${path}.physicalNetwork`, say('noPhysical', { site: site.name, network: physicalNetwork }), {
        remedy: itHas(segments.flatMap((one) => one.properties.physical_network ?? [])),
      }),
    );
  return problems;
}
