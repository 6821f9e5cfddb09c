import type { CloudImage } from '@/lib/openstack/types';
import type { Image, SiteProvider } from './types';

// Login users of the distributions' own cloud images; `os_admin_user` of the image wins.
const loginUsers: Record<string, string> = {
  ubuntu: 'ubuntu',
  debian: 'debian',
  centos: 'cloud-user',
  rhel: 'cloud-user',
  rocky: 'rocky',
  almalinux: 'almalinux',
  fedora: 'fedora',
  opensuse: 'opensuse',
  arch: 'arch',
};
const nameOf: Record<string, string> = { alma: 'almalinux', 'rocky linux': 'rocky', 'red hat': 'rhel', 'opensuse-leap': 'opensuse' };
const DISTRO_IN_NAME =
  /(ubuntu|debian|centos|rocky|alma(?:linux)?|fedora|opensuse|rhel)[^0-9a-z]*(?:stream|server|cloud|focal|jammy|noble|bookworm)?[^0-9a-z]*(\d+(?:\.\d+)?)?/i;

/** The images of a site as a person chooses among them: usable ones, the newest of each family first. */
export function readImages(images: readonly CloudImage[], provider: SiteProvider): Image[] {
  const newest = new Map<string, CloudImage>();
  const parts = new Set(images.flatMap(({ properties }) => [properties.kernel_id, properties.ramdisk_id]));
  for (const image of images) {
    // a kernel or ramdisk of another image boots nothing by itself
    if (image.status !== 'active' || parts.has(image.id)) continue;
    const family = image.properties['eu.egi.cloud.image_ref'] ?? image.name;
    const known = newest.get(family);
    if (!known || ageKey(image) > ageKey(known)) newest.set(family, image);
  }
  return [...newest.values()].sort((a, b) => ageKey(b).localeCompare(ageKey(a))).map((image) => readImage(image, provider));
}

function readImage(image: CloudImage, provider: SiteProvider): Image {
  const { properties } = image;
  const inName = DISTRO_IN_NAME.exec(properties['eu.egi.cloud.image_ref'] ?? image.name);
  const distro = canonical(properties.os_distro ?? inName?.[1]);
  const chameleon = provider === 'chameleon' && image.name.startsWith('CC-');
  return {
    id: image.id,
    name: image.name,
    distro,
    version: properties.os_version ?? inName?.[2],
    architecture: properties.architecture ?? properties.hw_architecture,
    loginUser: properties.os_admin_user ?? (chameleon ? 'cc' : (loginUsers[distro ?? ''] ?? 'cloud-user')),
    minDiskGiB: image.minDiskGiB,
    minRamMiB: image.minRamMiB,
    sizeMiB: image.sizeBytes === null ? undefined : Math.ceil(image.sizeBytes / 1024 ** 2),
    createdAt: image.createdAt,
  };
}

function canonical(distro: string | undefined): string | undefined {
  const name = distro?.toLowerCase();
  return name === undefined ? undefined : (nameOf[name] ?? name);
}

// EGI's copies carry the date of the build in their tag, which the date of the copy need not follow.
function ageKey(image: CloudImage): string {
  return image.properties['eu.egi.cloud.tag'] ?? image.createdAt;
}
