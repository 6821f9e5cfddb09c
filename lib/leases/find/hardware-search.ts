import { architectureName, type Hardware, hardwareOf } from '../resources/hardware';
import { inNameOrder } from '../resources/names';
import type { Host } from '../types';

/** A host and where it is. */
export interface SiteHost {
  site: string;
  host: Host;
}

/** What can be chosen from in a search, and what of it each host has. */
const facets = {
  site: ({ site }: Known) => [site],
  nodeType: ({ host }: Known) => (host.nodeType === '' ? [] : [host.nodeType]),
  architecture: ({ has }: Known) => (has.architecture === undefined ? [] : [has.architecture]),
  gpu: ({ has }: Known) => [has.gpu === null ? 'none' : (has.gpu.model ?? 'other')],
  gpus: ({ has }: Known) => [String(has.gpu?.count ?? 0)],
  cpu: ({ has }: Known) => (has.cpu === undefined ? [] : [has.cpu]),
  memoryGiB: ({ has }: Known) => (has.memoryMiB === undefined ? [] : [String(Math.round(has.memoryMiB / 1024))]),
  rack: ({ has }: Known) => (has.rack === undefined ? [] : [has.rack]),
  other: ({ has, host }: Known) => [
    ...(has.infiniband ? ['infiniband'] : []),
    ...(has.fpga ? ['fpga'] : []),
    ...(isFlash(host) ? ['nvme'] : []),
  ],
} as const satisfies Record<string, (known: Known) => string[]>;

export type Facet = keyof typeof facets;
export const facetNames = Object.keys(facets) as Facet[]; // keys of a constant

interface Known extends SiteHost {
  has: Hardware;
  /** all that a text may be found in, in lower case */
  words: string;
}

export interface HardwareSearch {
  /** words that must all be found; `256GiB` means at least so much memory, `4x` at least so many graphics cards */
  text?: string;
  /** of each facet one of these */
  chosen?: Partial<Record<Facet, readonly string[]>>;
  /** at least */
  memoryMiB?: number;
  threads?: number;
  gpus?: number;
}

export interface HardwareFound<T extends SiteHost> {
  hosts: T[];
  /** of each facet its values with the number of hosts, as if nothing were chosen of this facet itself; the most frequent first */
  facets: Record<Facet, { value: string; count: number }[]>;
}

/** Looks through hosts by words, and by what is chosen; says what else could be chosen. */
export function searchHardware<T extends SiteHost>(all: readonly T[], search: HardwareSearch): HardwareFound<T> {
  const tests = (search.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map(testOf);
  const least = { memoryMiB: search.memoryMiB ?? 0, threads: search.threads ?? 0, gpus: search.gpus ?? 0 };
  const found = all
    .map((one) => ({ one, known: knownOf(one) }))
    .filter(({ known }) => hasAtLeast(known.has, least) && tests.every((test) => test(known)))
    // which of the chosen facets a host does not meet
    .map(({ one, known }) => ({ one, known, unmet: facetNames.filter((facet) => !meets(facet, known, search.chosen?.[facet] ?? [])) }));
  return {
    hosts: found.filter(({ unmet }) => unmet.length === 0).map(({ one }) => one),
    facets: Object.fromEntries(
      facetNames.map((facet) => {
        const counted = found.filter(({ unmet }) => unmet.every((other) => other === facet)).flatMap(({ known }) => facets[facet](known));
        return [facet, frequencies(counted, search.chosen?.[facet] ?? [])];
      }),
    ) as HardwareFound<T>['facets'], // of facetNames, which are all
  };
}

const MOST_WORDS = 20;
/** Longer values are descriptions and dumps, in which anything is found. */
const LONGEST_VALUE = 200;

function knownOf({ site, host }: SiteHost): Known {
  const has = hardwareOf(host);
  const values = Object.values(host.properties).filter(({ length }) => length <= LONGEST_VALUE);
  const names = [
    ...(has.gpu ? ['gpu'] : []),
    ...(has.rack === undefined ? [] : [`rack${has.rack}`]),
    ...(has.architecture === 'aarch64' ? ['arm64'] : []),
  ];
  const words = [site, host.name, host.nodeType, ...values, ...names, ...facets.other({ site, host, has, words: '' })]
    .join('\n')
    .toLowerCase();
  // `rtx6000`, `rtx_6000` and `RTX 6000` are the same to people
  return { site, host, has, words: `${words}\n${words.replaceAll(/[ _-]+/g, '')}` };
}

function testOf(word: string): (known: Known) => boolean {
  const amount = /^(\d+(?:\.\d+)?)([gt])i?b?$/.exec(word);
  if (amount) {
    const mebi = Number(amount[1]) * (amount[2] === 't' ? 1024 ** 2 : 1024);
    return ({ has }) => (has.memoryMiB ?? 0) >= mebi;
  }
  const cards = /^(\d+)[x×](.*)$/.exec(word);
  const [, count = '', model = ''] = cards ?? [];
  if (cards && (model === '' || /^[a-z]/.test(model)))
    return (known) => (known.has.gpu?.count ?? 0) >= Number(count) && known.words.includes(model);
  const architecture = architectureName(word);
  const joined = word.replaceAll(/[_-]+/g, '') || word;
  return ({ words }) => words.includes(word) || words.includes(joined) || words.includes(architecture);
}

const hasAtLeast = (has: Hardware, least: { memoryMiB: number; threads: number; gpus: number }): boolean =>
  (has.memoryMiB ?? 0) >= least.memoryMiB && (has.threads ?? 0) >= least.threads && (has.gpu?.count ?? 0) >= least.gpus;

const meets = (facet: Facet, known: Known, chosen: readonly string[]): boolean =>
  chosen.length === 0 || facets[facet](known).some((value) => chosen.includes(value));

/** What is chosen stays in sight, also where nothing has it any more. */
function frequencies(values: readonly string[], chosen: readonly string[]): { value: string; count: number }[] {
  const counts = new Map(chosen.map((value) => [value, 0]));
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || inNameOrder(a.value, b.value));
}

const isFlash = ({ properties }: Host): boolean =>
  Object.entries(properties).some(([name, value]) => /^storage_devices\.\d+\./.test(name) && /nvme/i.test(value));
