import { describe, expect, it } from 'vitest';
import { chooseFlavor, chooseImage, flavorShortage, otherFlavors } from './choose';
import { americaFacts, europeFacts } from './fixtures/places';

const { flavors, images, quotas } = europeFacts;
const needs = (vcpus: number, ramMiB: number, diskGiB = 10, gpus = 0) => ({ vcpus, ramMiB, diskGiB, gpus });

describe('chooseFlavor', () => {
  it('takes the smallest that will do', () => {
    expect(chooseFlavor(needs(1, 1024), flavors, quotas, 1)?.name).toBe('small');
    expect(chooseFlavor(needs(1, 3000), flavors, quotas, 1)?.name).toBe('medium');
    expect(chooseFlavor(needs(2, 4096, 0), flavors, quotas, 1)?.name).toBe('no-disk');
    expect(chooseFlavor(needs(99, 1), flavors, quotas, 1)).toBeNull();
  });

  it('spares GPUs for those who need them', () => {
    expect(chooseFlavor(needs(4, 8192), flavors, quotas, 1)?.name).toBe('large');
    expect(chooseFlavor(needs(1, 1024, 10, 1), flavors, quotas, 1)?.name).toBe('large.gpu');
  });

  it('prefers one for which the quota suffices', () => {
    const wide = { id: 'w', name: 'wide', vcpus: 1, ramMiB: 200_000, diskGiB: 20, bareMetal: false };
    const other = { id: 'o', name: 'other', vcpus: 2, ramMiB: 4096, diskGiB: 20, bareMetal: false };
    expect(chooseFlavor(needs(1, 4096), [wide, other], quotas, 1)?.name).toBe('other');
    expect(chooseFlavor(needs(1, 4096), [wide], quotas, 1)?.name).toBe('wide');
  });

  it('leaves out flavors of other processors', () => {
    const arm = flavors.map((flavor) => ({ ...flavor, architecture: 'aarch64' }));
    expect(chooseFlavor(needs(1, 1024), arm, quotas, 1)).toBeNull();
    expect(chooseFlavor(needs(1, 1024), [...arm, ...flavors], quotas, 1)).toMatchObject({ name: 'small' });
  });

  it('takes a flavor without a disk where no other will do, and the site has volumes to boot from', () => {
    const bare = flavors.filter(({ name }) => name === 'no-disk');
    expect(bare.map((flavor) => flavorShortage(needs(1, 1024), flavor, false))).toEqual([expect.stringMatching(/no volumes to boot from/)]);
    expect(bare.map((flavor) => flavorShortage(needs(1, 1024), flavor, true))).toEqual([null]);
    expect(chooseFlavor(needs(1, 1024), bare, quotas, 1)).toBeNull();
    expect(chooseFlavor(needs(1, 1024), bare, quotas, 1, { volumes: true })?.name).toBe('no-disk');
    expect(chooseFlavor(needs(1, 1024), flavors, quotas, 1, { volumes: true })?.name).toBe('small');
  });

  it('takes bare metal only with a lease', () => {
    expect(chooseFlavor(needs(16, 1024), americaFacts.flavors, quotas, 1)).toBeNull();
    expect(chooseFlavor(needs(16, 1024), americaFacts.flavors, quotas, 1, { bareMetal: true })?.name).toBe('baremetal');
  });
});

it('otherFlavors offers at most two that are not much larger', () => {
  const small = flavors.find(({ name }) => name === 'small');
  expect(small && otherFlavors(small, needs(1, 1024), flavors).map(({ name }) => name)).toEqual(['medium']);
});

describe('chooseImage', () => {
  const supported = (...list: string[]) => list.map((item) => ({ distro: item.split(' ')[0] ?? '', version: item.split(' ')[1] ?? '' }));
  it('takes the first distribution that is there, its newest version, its newest build', () => {
    expect(chooseImage(supported('ubuntu 22.04', 'ubuntu 24.04', 'debian 12'), images)?.name).toBe('ubuntu-24.04');
    expect(chooseImage(supported('debian 12', 'ubuntu 24.04'), images)?.name).toBe('debian-12');
    expect(chooseImage(supported('rocky 9', 'ubuntu 22.04'), images)?.name).toBe('ubuntu-22.04');
    expect(chooseImage(supported('rocky 9'), images)).toBeNull();
    expect(chooseImage([], images)).not.toBeNull();
  });

  it('leaves out placeholders that hold no system', () => {
    const blank = images.map((image) => (image.distro === 'ubuntu' ? { ...image, sizeMiB: 1 } : { ...image, sizeMiB: 300 }));
    expect(chooseImage(supported('ubuntu 24.04', 'debian 12'), blank)?.name).toBe('debian-12');
  });

  it('takes neither what strangers share nor snapshots, however new', () => {
    const newer = images.flatMap((image) => [
      image,
      { ...image, id: 'shared', from: 'shared' as const, createdAt: '2030-01-01' },
      { ...image, id: 'snapshot', snapshot: true, createdAt: '2030-01-01' },
    ]);
    expect(chooseImage(supported('ubuntu 24.04'), newer)?.id).toBe(chooseImage(supported('ubuntu 24.04'), images)?.id);
    expect(
      chooseImage(
        supported('ubuntu 24.04'),
        newer.filter(({ from, snapshot }) => from || snapshot),
      ),
    ).toBeNull();
  });

  it('takes 9.4 for a 9, and not for a 94', () => {
    const rocky = (version: string) => images.slice(0, 1).map((image) => ({ ...image, distro: 'rocky', version }));
    expect(chooseImage(supported('rocky 9'), rocky('9.4'))?.version).toBe('9.4');
    expect(chooseImage(supported('rocky 9'), rocky('94'))).toBeNull();
    expect(chooseImage(supported('rocky 9.4'), rocky('9'))).toBeNull();
  });

  it('leaves out images of other processors', () => {
    const arm = images.map((image) => ({ ...image, architecture: 'aarch64' }));
    expect(chooseImage(supported('ubuntu 24.04'), arm)).toBeNull();
  });
});
