import type { ReservationBody } from '@/lib/api/contract/lease-parts';
import type { NewLeaseBody } from '@/lib/api/contract/leases';
import { HOUR, MINUTE } from '@/lib/leases/time/units';
import { wholeMinute } from '../lease-time';
import { readIso, readMoment } from '../link-time';
import { formHref } from './form-link';

/** Any hosts of a type, just these hosts, or machines of a flavor. */
type What = 'kind' | 'hosts' | 'flavor';

/** A lease as its form holds it. */
export interface LeaseDraft {
  site: string;
  project: string;
  credential: string;
  /** '': the one that is suggested */
  name: string;
  /** ISO 8601 */
  start: 'now' | string;
  end: string;
  what: What;
  nodeType: string;
  /** uids */
  hosts: readonly string[];
  flavor: string;
  count: number;
  /** floating IPs that it reserves as well, and of which network */
  addresses: number;
  addressNetwork: string;
  /** name of a network that it makes; '': none */
  network: string;
  /** ISO 8601; '': it is not extended by itself */
  extendUntil: string;
}

const soon = 3 * MINUTE;
const mostAddresses = 50;

/** What the form begins with: what its address says, else one host for six hours from now on. */
export function draftOfLink(get: (name: string) => string, now: number): LeaseDraft {
  const time = (name: string) => readMoment(get(name));
  const asked = time('start');
  const start = asked === undefined || asked <= now + soon ? 'now' : wholeMinute(asked);
  const begins = start === 'now' ? now : (asked ?? now);
  const hosts = get('hosts').split(',').filter(Boolean);
  const what = hosts.length > 0 ? 'hosts' : get('flavor') !== '' ? 'flavor' : 'kind';
  return {
    site: get('site'),
    project: get('project'),
    credential: get('credential'),
    name: get('name'),
    start,
    end: wholeMinute(Math.max(time('end') ?? begins + 6 * HOUR, begins + MINUTE)),
    what,
    nodeType: get('type'),
    hosts,
    flavor: get('flavor'),
    count: Math.min(500, Math.max(1, Math.round(Number(get('count')) || 1))),
    addresses: Math.min(mostAddresses, Math.max(0, Math.round(Number(get('addresses')) || 0))),
    addressNetwork: get('addressNetwork'),
    network: get('network'),
    extendUntil: readIso(get('extendUntil')),
  };
}

/** The address of the form as it is filled in: it survives a sign-in. */
export function linkOf(draft: LeaseDraft): string {
  const { site, project, credential, name, what, nodeType, flavor, count, hosts, start, end } = draft;
  const { addresses, addressNetwork, network, extendUntil } = draft;
  return formHref(
    {
      site,
      project,
      credential,
      name,
      start: start === 'now' ? undefined : start,
      end,
      count,
      addresses,
      addressNetwork,
      network,
      extendUntil,
      ...(what === 'flavor' ? { flavor } : { nodeType }),
    },
    what === 'hosts' ? hosts : undefined,
  );
}

/** What is missing before it can be looked at. */
export function missingIn(draft: LeaseDraft): 'site' | 'start' | 'end' | 'what' | 'addressNetwork' | null {
  if (draft.site === '') return 'site';
  if (draft.start === '') return 'start';
  if (draft.end === '') return 'end';
  if (draft.what === 'hosts' && draft.hosts.length === 0) return 'what';
  if (draft.what === 'flavor' && draft.flavor === '') return 'what';
  return draft.addresses > 0 && draft.addressNetwork === '' ? 'addressNetwork' : null;
}

/** What is sent. @param suggested the name where the person gave none */
export function bodyOf(draft: LeaseDraft, suggested: string, zone: string): NewLeaseBody {
  return {
    site: draft.site,
    ...(draft.project !== '' && { project: draft.project }),
    ...(draft.credential !== '' && { credential: draft.credential }),
    name: draft.name.trim() || suggested,
    start: draft.start,
    end: draft.end,
    zone,
    reservations: reservationsOf(draft),
    ...(draft.extendUntil !== '' && { extendUntil: draft.extendUntil }),
  };
}

function reservationsOf(draft: LeaseDraft): ReservationBody[] {
  const main: ReservationBody =
    draft.what === 'flavor'
      ? { kind: 'flavor:instance', flavor: draft.flavor, count: draft.count }
      : draft.what === 'hosts'
        ? { kind: 'physical:host', hosts: draft.hosts }
        : { kind: 'physical:host', count: draft.count, ...(draft.nodeType !== '' && { nodeType: draft.nodeType }) };
  return [
    main,
    ...(draft.addresses > 0 ? [{ kind: 'virtual:floatingip' as const, network: draft.addressNetwork, count: draft.addresses }] : []),
    ...(draft.network.trim() !== '' ? [{ kind: 'network' as const, name: draft.network.trim() }] : []),
  ];
}

/** The form for what could be had instead: all else stays. */
export function draftOfRequest(draft: LeaseDraft, request: NewLeaseBody): LeaseDraft {
  const [main] = request.reservations;
  const base = {
    ...draft,
    site: request.site,
    project: request.project ?? '',
    credential: request.credential ?? '',
    start: request.start,
    end: request.end,
    ...addressesOf(request),
  };
  if (main?.kind === 'flavor:instance') return { ...base, what: 'flavor', flavor: main.flavor, count: main.count };
  if (main?.kind !== 'physical:host') return base;
  const count = main.count ?? main.max ?? main.hosts?.length ?? draft.count;
  if (main.hosts && draft.what === 'hosts')
    return { ...base, what: 'hosts', hosts: [...main.hosts], nodeType: main.nodeType ?? draft.nodeType, count };
  return { ...base, what: 'kind', nodeType: main.nodeType ?? '', hosts: [], count };
}

// another site has other networks
function addressesOf({ reservations }: NewLeaseBody): Pick<LeaseDraft, 'addresses' | 'addressNetwork'> {
  const held = reservations.find((one) => one.kind === 'virtual:floatingip');
  return held ? { addresses: held.count, addressNetwork: held.network } : { addresses: 0, addressNetwork: '' };
}

const longestName = 80;

/** A name that says what it is and when, unlike those that are there. */
export function suggestName(draft: LeaseDraft, day: string, taken: readonly string[]): string {
  const what = draft.what === 'flavor' ? draft.flavor : draft.nodeType || 'hosts';
  const base = `${draft.count > 1 && draft.what !== 'hosts' ? `${draft.count} ` : ''}${what} ${day}`.slice(0, longestName - 4);
  const names = new Set(taken);
  if (!names.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const next = `${base} ${number}`;
    if (!names.has(next)) return next;
  }
}
