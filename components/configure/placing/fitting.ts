import type { SiteFactsView } from '@/lib/api/contract/sites';
import type { RecipeGroup } from '@/lib/catalog/types';

/** Whether recipes run on such processors, or nothing is said of them. */
export const isUsual = (architecture: string | undefined): boolean => architecture === undefined || /^(?:x86_64|amd64)$/.test(architecture);

/** Whether a flavor is at least what the group asks for; one without a disk boots from a volume. */
export function fitsFlavor(group: RecipeGroup, flavor: SiteFactsView['flavors'][number]): boolean {
  return (
    isUsual(flavor.architecture) &&
    flavor.vcpus >= group.minVcpus &&
    flavor.ramMiB >= group.minRamMiB &&
    (flavor.diskGiB === 0 || flavor.diskGiB >= group.minDiskGiB)
  );
}

/** Whether the recipe knows the image's system: 9.4 is a 9. */
export function fitsImage(group: RecipeGroup, image: SiteFactsView['images'][number]): boolean {
  if (!isUsual(image.architecture)) return false;
  return (
    group.supportedImages.length === 0 ||
    group.supportedImages.some(
      ({ distro, version }) =>
        distro === image.distro && (version === '' || version === image.version || image.version?.startsWith(`${version}.`) === true),
    )
  );
}
