import { isLoginName } from '@/lib/core/login-name';
import type { CloudImage } from '@/lib/openstack/types';
import { readArchitecture, readRelease } from './distributions';
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
/** Forms that boot nothing by themselves: kernels, ramdisks, and media of installers. */
const notDisks = new Set(['aki', 'ari', 'iso']);

/**
 * The images of a site as a person chooses among them: usable ones, the newest of each family first.
 * @param project id of the project that looks
 */
export function readImages(images: readonly CloudImage[], { provider, project }: { provider: SiteProvider; project: string }): Image[] {
  const newest = new Map<string, CloudImage>();
  const parts = new Set(images.flatMap(({ properties }) => [properties.kernel_id, properties.ramdisk_id]));
  for (const image of images) {
    if (image.status !== 'active' || parts.has(image.id) || !isDisk(image)) continue;
    // a stranger's image of the same name, or a snapshot, is no newer build of it
    const family = JSON.stringify([isStrange(image, project), isSnapshot(image), image.properties['eu.egi.cloud.image_ref'] ?? image.name]);
    const known = newest.get(family);
    if (!known || ageKey(image) > ageKey(known)) newest.set(family, image);
  }
  return [...newest.values()]
    .sort((a, b) => ageKey(b).localeCompare(ageKey(a)))
    .map((image) => ({
      ...readImage(image, provider),
      ...(isStrange(image, project) ? { from: 'shared' as const } : {}),
      ...(isSnapshot(image) ? { snapshot: true } : {}),
    }));
}

const isDisk = ({ diskFormat, containerFormat }: CloudImage): boolean =>
  !notDisks.has(diskFormat ?? '') && !notDisks.has(containerFormat ?? '') && containerFormat !== 'docker';

// public ones only operators can make; Glance calls a project's own images shared as well
const isStrange = ({ visibility, owner }: CloudImage, project: string): boolean =>
  visibility !== 'public' && owner !== null && owner !== project;

const isSnapshot = ({ properties, tags }: CloudImage): boolean =>
  properties.image_type === 'snapshot' || properties.instance_uuid !== undefined || tags.includes('snapshot');

// whoever uploads an image says it, and it stands in commands that people copy
function loginUserOf(named: string | undefined): string | undefined {
  return named !== undefined && isLoginName(named) ? named : undefined;
}

function readImage(image: CloudImage, provider: SiteProvider): Image {
  const { properties } = image;
  const named = properties['eu.egi.cloud.image_ref'] ?? image.name;
  const { distro, version } = readRelease({ distro: properties.os_distro, version: properties.os_version, name: named });
  const chameleon = provider === 'chameleon' && image.name.startsWith('CC-');
  return {
    id: image.id,
    name: image.name,
    distro,
    version,
    ...gpuOf(named),
    architecture: readArchitecture(properties.architecture ?? properties.hw_architecture, named),
    loginUser: loginUserOf(properties.os_admin_user) ?? (chameleon ? 'cc' : (loginUsers[distro ?? ''] ?? 'cloud-user')),
    minDiskGiB: image.minDiskGiB,
    minRamMiB: image.minRamMiB,
    sizeMiB: image.sizeBytes === null ? undefined : Math.ceil(image.sizeBytes / 1024 ** 2),
    createdAt: image.createdAt,
  };
}

// Chameleon's names: CC-Ubuntu24.04-CUDA, -CUDA-VGPU, -ROCm
function gpuOf(name: string): Pick<Image, 'gpu'> {
  if (/-vgpu\b/i.test(name)) return { gpu: 'vgpu' };
  if (/\bcuda\b/i.test(name)) return { gpu: 'nvidia' };
  return /\brocm\b/i.test(name) ? { gpu: 'amd' } : {};
}

// EGI's copies carry the date of the build in their tag, which the date of the copy need not follow.
function ageKey(image: CloudImage): string {
  return image.properties['eu.egi.cloud.tag'] ?? image.createdAt;
}
