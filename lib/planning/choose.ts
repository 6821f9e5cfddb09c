import type { Needs } from '@/lib/catalog/groups';
import type { Flavor, GpuKind, Image, Quotas } from '@/lib/sites/types';
import { memoryWords } from './words';

/** Whether recipes run on such processors, or nothing is said of them. */
export const isUsual = (architecture: string | undefined): boolean => architecture === undefined || /^(?:x86_64|amd64)$/.test(architecture);

/** Whether a machine of this flavor will do. */
function flavorFits(needs: Needs, flavor: Flavor, volumes = false): boolean {
  return flavorShortage(needs, flavor, volumes) === null;
}

/** Whether machines of a flavor have no disk of their own, and boot from a volume. */
export const bootsFromVolume = ({ diskGiB, bareMetal }: Flavor): boolean => diskGiB === 0 && !bareMetal;

/**
 * What a flavor lacks, as part of a sentence; null where it will do.
 * @param volumes the site has volumes, to boot from what has no disk
 */
export function flavorShortage(needs: Needs, flavor: Flavor, volumes: boolean): string | null {
  if (flavor.vcpus < needs.vcpus) return `${flavor.vcpus} of the ${needs.vcpus} CPUs needed`;
  if (flavor.ramMiB < needs.ramMiB) return `${memoryWords(flavor.ramMiB)} of the ${memoryWords(needs.ramMiB)} of memory needed`;
  const onVolume = bootsFromVolume(flavor) && volumes;
  if (bootsFromVolume(flavor) && needs.diskGiB > 0 && !volumes) return 'no disk of its own, and the site has no volumes to boot from';
  if (flavor.diskGiB < needs.diskGiB && !onVolume) return `${flavor.diskGiB} of the ${needs.diskGiB} GiB of disk needed`;
  if ((flavor.gpus ?? 0) < needs.gpus) return `${flavor.gpus ?? 0} of the ${needs.gpus} GPUs needed`;
  return null;
}

/**
 * The smallest flavor that will do: fewest GPUs, then CPUs, memory, disk. Of those that fit, one for which the quota
 * suffices is preferred.
 * @param count number of nodes
 * @param site `bareMetal`: choose among bare-metal flavors (a lease is there), else among the others; `volumes`: where no other will do, one without a disk
 */
export function chooseFlavor(
  needs: Needs,
  flavors: readonly Flavor[],
  quotas: Quotas,
  count: number,
  { bareMetal = false, volumes = false }: { bareMetal?: boolean; volumes?: boolean } = {},
): Flavor | null {
  const usual = flavors.filter((flavor) => flavor.bareMetal === bareMetal && isUsual(flavor.architecture)).toSorted(bySize);
  const own = usual.filter((flavor) => flavorFits(needs, flavor));
  const fitting = own.length > 0 ? own : usual.filter((flavor) => flavorFits(needs, flavor, volumes));
  const affordable = ({ vcpus, ramMiB }: Flavor) =>
    bareMetal ||
    ((quotas.cores ? left(quotas.cores) : Number.POSITIVE_INFINITY) >= vcpus * count &&
      (quotas.ramMiB ? left(quotas.ramMiB) : Number.POSITIVE_INFINITY) >= ramMiB * count);
  // many sites have one flavor for all of their hosts, whose size says nothing: the host that is leased decides
  return fitting.find(affordable) ?? fitting[0] ?? (bareMetal ? usual.at(-1) : undefined) ?? null;
}

/** Other flavors to try when a server of the chosen one ends in ERROR: at most two, no more than twice as large. */
export function otherFlavors(chosen: Flavor, needs: Needs, flavors: readonly Flavor[]): Flavor[] {
  return flavors
    .filter(
      (flavor) =>
        flavor.id !== chosen.id &&
        flavor.architecture === chosen.architecture &&
        flavor.bareMetal === chosen.bareMetal &&
        flavor.leased === chosen.leased &&
        flavor.diskGiB > 0 === chosen.diskGiB > 0 &&
        flavorFits(needs, flavor, true),
    )
    .filter(({ vcpus, ramMiB, gpus }) => vcpus <= 2 * chosen.vcpus && ramMiB <= 2 * chosen.ramMiB && (gpus ?? 0) === (chosen.gpus ?? 0))
    .toSorted(bySize)
    .slice(0, 2);
}

/** What calls itself a distribution and is smaller is a placeholder, such as an image to boot nothing from. */
const leastImageMiB = 32;

/**
 * The image to boot: of the first distribution that the recipe names and the site has, the newest version, newest build.
 * With graphics processors one that has drivers for them is taken where there is one; without, one that has none.
 * @param supported as the recipe lists them; empty: any with a known distribution
 * @param gpu what the machine has
 */
export function chooseImage(
  supported: readonly { distro: string; version: string }[],
  images: readonly Image[],
  gpu?: GpuKind,
): Image | null {
  const order = [...new Set(supported.map(({ distro }) => distro))];
  const rank = ({ distro = '' }: Image) => (order.includes(distro) ? order.indexOf(distro) : order.length);
  const drivers = (image: Image) => (image.gpu === gpu ? 0 : image.gpu === undefined ? 1 : 2);
  return (
    images
      // what strangers shared gets the secrets of whoever boots it, and a snapshot may hold another's: neither is taken unasked
      .filter((image) => image.from === undefined && !image.snapshot)
      .filter((image) => imageSupported(supported, image) && (image.sizeMiB ?? leastImageMiB) >= leastImageMiB)
      .toSorted(
        (a, b) =>
          drivers(a) - drivers(b) ||
          rank(a) - rank(b) ||
          compareVersions(b.version ?? '', a.version ?? '') ||
          (b.createdAt ?? '').localeCompare(a.createdAt ?? '') ||
          a.name.localeCompare(b.name, 'en'),
      )[0] ?? null
  );
}

/** The graphics processors of a leased machine, by the names of its flavor and of its kind of host, as Chameleon gives them. */
export function gpuOf({ name, gpus = 0 }: Pick<Flavor, 'name' | 'gpus'>, nodeType = ''): GpuKind | undefined {
  const words = `${name} ${nodeType}`;
  if (gpus === 0 && !nodeType.startsWith('gpu_')) return undefined;
  if (/vgpu/i.test(words)) return 'vgpu';
  return /\bgpu_mi\d|\bmi\d{2,}|amd/i.test(words) ? 'amd' : 'nvidia';
}

/** Whether a recipe can run on an image. */
export function imageSupported(supported: readonly { distro: string; version: string }[], image: Image): boolean {
  if (!isUsual(image.architecture)) return false;
  if (supported.length === 0) return image.distro !== undefined;
  return supported.some(({ distro, version }) => distro === image.distro && isOfVersion(image.version, version));
}

/** Whether a version is one of those meant: 9.4 is a 9. */
const isOfVersion = (version: string | undefined, meant: string): boolean =>
  meant === '' || version === meant || version?.startsWith(`${meant}.`) === true;

/** What is left of a quota; without a limit, infinitely much. */
export function left({ limit, used }: { limit: number | null; used: number }): number {
  return limit === null || limit < 0 ? Number.POSITIVE_INFINITY : Math.max(0, limit - used);
}

function bySize(a: Flavor, b: Flavor): number {
  return (
    (a.gpus ?? 0) - (b.gpus ?? 0) || a.vcpus - b.vcpus || a.ramMiB - b.ramMiB || a.diskGiB - b.diskGiB || a.name.localeCompare(b.name, 'en')
  );
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
