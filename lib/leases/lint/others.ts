import { isIPv4 } from 'node:net';
import { tidyText } from '@/lib/core/text';
import { fitOn } from '@/lib/sites';
import { flavorOf } from '../resources/demands';
import { isLeasable } from '../resources/match';
import type { FlavorReservation, FloatingIpReservation, InstanceReservation, LeaseProblem, LeaseSite, NetworkReservation } from '../types';
import { lintCondition, lintCount } from './hosts';
import { counted, problem, someOf } from './problem';

/** A reservation of machines of a flavor. */
export function lintFlavor(reservation: FlavorReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const wrong = lintCount(reservation.count, `${path}.count`, 'machines');
  const flavor = flavorOf(site, reservation);
  if (!flavor) {
    const names = someOf(site.flavors.filter(({ leased, bareMetal }) => !leased && !bareMetal).map(({ name }) => name));
    const detail = `${site.name} has no flavor ${reservation.flavor} that can be leased.`;
    return [...wrong, problem(`${path}.flavor`, detail, { code: 'flavor-not-found', ...(names && { remedy: `It has ${names}.` }) })];
  }
  if (flavor.bareMetal)
    return [
      ...wrong,
      problem(`${path}.flavor`, `${flavor.name} is bare metal: hosts are leased, not the flavor.`, { remedy: 'Reserve hosts.' }),
    ];
  return wrong.length > 0 ? wrong : lintRoom(flavor, reservation.count, path, site, flavor.name);
}

/** A reservation of machines of a size of its own. */
export function lintInstance(reservation: InstanceReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const { count, vcpus, ramMiB, diskGiB } = reservation;
  const wrong = [
    ...lintCount(count, `${path}.count`, 'machines'),
    ...lintCount(vcpus, `${path}.vcpus`, 'CPUs'),
    ...lintCount(ramMiB, `${path}.ramMiB`, 'MiB of memory'),
    ...(Number.isSafeInteger(diskGiB) && diskGiB >= 0
      ? []
      : [problem(`${path}.diskGiB`, 'The disk must be a whole number of GiB, 0 or more.')]),
  ];
  return wrong.length > 0 ? wrong : lintRoom(reservation, count, path, site, 'this size');
}

function lintRoom(size: Parameters<typeof fitOn>[1], count: number, path: string, site: LeaseSite, what: string): LeaseProblem[] {
  if (!site.hosts) return [];
  const room = site.hosts.filter((host) => isLeasable(host, site.project?.id)).reduce((sum, host) => sum + fitOn(host, size), 0);
  if (room >= count) return [];
  return [
    problem(`${path}.count`, `${site.name} holds ${counted(room, 'machine')} of ${what}, and ${count} are asked for.`, {
      remedy: room > 0 ? `Ask for ${room} or fewer.` : 'Ask for smaller machines.',
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
    const detail = found.length > 1 ? `${site.name} has several networks ${network}.` : `${site.name} has no external network ${network}.`;
    const names = someOf(external.map(({ name }) => name));
    const remedy = found.length > 1 ? 'Name it by its id.' : names && `It has ${names}.`;
    return [...wrong, problem(`${path}.network`, detail, { code: 'network-not-found', ...(remedy && { remedy }) })];
  }
  const known = site.addresses?.filter((one) => one.network === found[0]?.id);
  const named = addresses.flatMap((address, index) => {
    const field = `${path}.addresses.${index}`;
    if (!isIPv4(address)) return [problem(field, `${address} is no IPv4 address.`)];
    if (addresses.indexOf(address) !== index) return [problem(field, `${address} is named twice.`, { remedy: 'Name each address once.' })];
    if (known && !known.some((one) => one.address === address))
      return [problem(field, `${address} can’t be reserved in ${network}.`, { remedy: 'Choose one that can, or none.' })];
    return [];
  });
  if (wrong.length > 0 || named.length > 0) return [...wrong, ...named];
  if (addresses.length > count)
    return [
      problem(`${path}.count`, `${addresses.length} addresses are named, and ${count} asked for.`, {
        remedy: 'Ask for as many as are named, or more.',
      }),
    ];
  if (!known || known.length >= count) return [];
  return [
    problem(`${path}.count`, `${counted(known.length, 'floating IP')} can be reserved in ${network}, and ${count} are asked for.`, {
      remedy: 'Ask for fewer, or allocate them without a lease.',
    }),
  ];
}

const LONGEST_NAME = 255;

/** A reservation of a network. */
export function lintNetwork(reservation: NetworkReservation, path: string, site: LeaseSite): LeaseProblem[] {
  const { name, physicalNetwork, properties = [] } = reservation;
  const problems: LeaseProblem[] = [];
  if (name.trim() === '' || [...name].length > LONGEST_NAME || tidyText(name) !== name || /[\t\n]/.test(name))
    problems.push(
      problem(`${path}.name`, `The network needs a name of 1 to ${LONGEST_NAME} signs that can be seen.`, {
        remedy: 'Give it another name.',
      }),
    );
  const { segments } = site;
  if (!segments) return problems;
  problems.push(
    ...properties.flatMap((condition, index) =>
      lintCondition(condition, `${path}.properties.${index}`, segments, `a network of ${site.name}`),
    ),
  );
  if (physicalNetwork !== undefined && !segments.some((one) => one.properties.physical_network === physicalNetwork))
    problems.push(
      problem(`${path}.physicalNetwork`, `${site.name} has no physical network ${physicalNetwork}.`, {
        remedy: `It has ${someOf(segments.flatMap((one) => one.properties.physical_network ?? []))}.`,
      }),
    );
  return problems;
}
