import type { SiteFactsView } from '@/lib/api/contract/sites';
import type { RecipeGroup } from '@/lib/catalog/types';

/** Whether a flavor is at least what the group asks for; a disk of 0 means that the image's own size counts. */
export function fitsFlavor(group: RecipeGroup, flavor: SiteFactsView['flavors'][number]): boolean {
  return flavor.vcpus >= group.minVcpus && flavor.ramMiB >= group.minRamMiB && (flavor.diskGiB === 0 || flavor.diskGiB >= group.minDiskGiB);
}

/** Whether the recipe knows the image's system. */
export function fitsImage(group: RecipeGroup, image: SiteFactsView['images'][number]): boolean {
  return (
    group.supportedImages.length === 0 ||
    group.supportedImages.some((each) => each.distro === image.distro && each.version === image.version)
  );
}
