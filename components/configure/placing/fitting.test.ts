import { expect, test } from 'vitest';
import type { SiteFactsView } from '@/lib/api/contract/sites';
import type { RecipeGroup } from '@/lib/catalog/types';
import { fitsFlavor, fitsImage } from './fitting';

const group = {
  minVcpus: 2,
  minRamMiB: 2048,
  minDiskGiB: 10,
  supportedImages: [{ distro: 'rocky', version: '9' }],
} as unknown as RecipeGroup;
const flavor = (about: object) => ({ vcpus: 2, ramMiB: 2048, diskGiB: 10, ...about }) as SiteFactsView['flavors'][number];
const image = (about: object) => ({ distro: 'rocky', version: '9', ...about }) as SiteFactsView['images'][number];

test.each([
  ['just enough', {}, true],
  ['too few CPUs', { vcpus: 1 }, false],
  ['too little memory', { ramMiB: 2047 }, false],
  ['too small a disk', { diskGiB: 9 }, false],
  ['no disk of its own', { diskGiB: 0 }, true],
  ['the usual processors', { architecture: 'x86_64' }, true],
  ['other processors', { architecture: 'aarch64' }, false],
])('a flavor with %s', (_, about, fits) => expect(fitsFlavor(group, flavor(about))).toBe(fits));

test.each([
  ['of that version', {}, true],
  ['of a minor version of it', { version: '9.4' }, true],
  ['of a version that only begins like it', { version: '94' }, false],
  ['of another distribution', { distro: 'debian' }, false],
  ['for other processors', { architecture: 'aarch64' }, false],
])('an image %s', (_, about, fits) => expect(fitsImage(group, image(about))).toBe(fits));
