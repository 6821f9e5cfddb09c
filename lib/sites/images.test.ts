import { describe, expect, test } from 'vitest';
import type { CloudImage } from '@/lib/openstack/types';
import { readImages } from './images';

const image = (id: string, name: string, properties: Record<string, string> = {}, more: Partial<CloudImage> = {}): CloudImage => ({
  id,
  name,
  status: 'active',
  minDiskGiB: 0,
  minRamMiB: 0,
  sizeBytes: 1024 ** 2 + 1,
  createdAt: '2026-01-01T00:00:00Z',
  visibility: 'public',
  owner: 'operators',
  diskFormat: 'qcow2',
  containerFormat: 'bare',
  tags: [],
  properties,
  ...more,
});

const at = (provider: 'egi' | 'chameleon') => ({ provider, project: 'mine' });

describe('distribution, version and login user', () => {
  test.each([
    ['what the image says', image('1', 'x', { os_distro: 'Ubuntu', os_version: '24.04', os_admin_user: 'egi' }), 'ubuntu', '24.04', 'egi'],
    [
      'EGI’s reference',
      image('1', 'registry.egi.eu egi_vm_images/ubuntu:22.04', { 'eu.egi.cloud.image_ref': 'egi_vm_images/ubuntu:22.04' }),
      'ubuntu',
      '22.04',
      'ubuntu',
    ],
    ['the name', image('1', 'debian-12'), 'debian', '12', 'debian'],
    ['no login that is none', image('1', 'debian-12', { os_admin_user: '-oProxyCommand=reboot' }), 'debian', '12', 'debian'],
    ['a name in words', image('1', 'Ubuntu Server 22.04 LTS (Jammy)'), 'ubuntu', '22.04', 'ubuntu'],
    ['AlmaLinux', image('1', 'alma 9'), 'almalinux', '9', 'almalinux'],
    ['nothing', image('1', 'my snapshot'), undefined, undefined, 'cloud-user'],
  ])('from %s', (_, given, distro, version, loginUser) => {
    expect(readImages([given], at('egi'))[0]).toMatchObject({ loginUser, sizeMiB: 2 });
    expect(readImages([given], at('egi'))[0]?.distro).toBe(distro);
    expect(readImages([given], at('egi'))[0]?.version).toBe(version);
  });

  test('Chameleon’s own images are logged in to as cc', () => {
    expect(readImages([image('1', 'CC-Ubuntu24.04-CUDA')], at('chameleon'))[0]).toMatchObject({
      distro: 'ubuntu',
      version: '24.04',
      loginUser: 'cc',
    });
  });
});

test('of a family the newest is kept, by EGI’s tag before the date of the copy', () => {
  const ref = { 'eu.egi.cloud.image_ref': 'egi_vm_images/ubuntu:22.04' };
  const images = [
    image('old', 'a', { ...ref, 'eu.egi.cloud.tag': '2025-09-04-aa' }, { createdAt: '2026-05-01T00:00:00Z' }),
    image('new', 'b', { ...ref, 'eu.egi.cloud.tag': '2026-02-04-bb' }, { createdAt: '2026-04-01T00:00:00Z' }),
    image('same-name-1', 'debian-12', {}, { createdAt: '2026-01-01T00:00:00Z' }),
    image('same-name-2', 'debian-12', {}, { createdAt: '2026-03-01T00:00:00Z' }),
  ];
  expect(readImages(images, at('egi')).map(({ id }) => id)).toEqual(['same-name-2', 'new']);
});

test('what can’t be booted is left out: inactive images, kernels and ramdisks of others', () => {
  const images = [
    image('queued', 'x', {}, { status: 'queued' }),
    image('disk', 'debian-12', { kernel_id: 'kernel', ramdisk_id: 'initrd' }),
    image('kernel', 'debian-12-kernel'),
    image('initrd', 'debian-12-initrd'),
  ];
  expect(readImages(images, at('egi')).map(({ id }) => id)).toEqual(['disk']);
});

test.each([
  ['the site’s', { visibility: 'public', owner: 'operators' }, undefined],
  ['of the project itself, shared with nobody or somebody', { visibility: 'shared', owner: 'mine' }, undefined],
  ['of the project itself', { visibility: 'private', owner: 'mine' }, undefined],
  ['another project’s', { visibility: 'shared', owner: 'theirs' }, 'shared'],
  ['anybody’s', { visibility: 'community', owner: 'theirs' }, 'shared'],
  ['seen by an operator', { visibility: 'private', owner: 'theirs' }, 'shared'],
  ['of a site that names no owners', { visibility: 'shared', owner: null }, undefined],
] satisfies [string, Partial<CloudImage>, string | undefined][])('an image is %s', (_, about, from) => {
  expect(readImages([image('1', 'debian-12', {}, about)], at('egi'))[0]?.from).toBe(from);
});

test('a stranger’s image of the same name, and a snapshot, stand beside and hide nothing', () => {
  const images = [
    image('site', 'debian-12'),
    image('stranger', 'debian-12', {}, { visibility: 'shared', owner: 'theirs', createdAt: '2026-02-01T00:00:00Z' }),
    image('snapshot', 'debian-12', { image_type: 'snapshot' }, { owner: 'mine', createdAt: '2026-03-01T00:00:00Z' }),
  ];
  const read = readImages(images, at('egi'));
  expect(read.map(({ id, from, snapshot }) => [id, from, snapshot])).toEqual([
    ['snapshot', undefined, true],
    ['stranger', 'shared', undefined],
    ['site', undefined, undefined],
  ]);
});

test.each([
  ['an installer’s medium', { diskFormat: 'iso' }],
  ['a kernel', { diskFormat: 'aki', containerFormat: 'aki' }],
  ['a ramdisk', { diskFormat: 'ari', containerFormat: 'ari' }],
  ['a container', { diskFormat: 'raw', containerFormat: 'docker' }],
] satisfies [string, Partial<CloudImage>][])('%s is no disk to boot from', (_, about) => {
  expect(readImages([image('1', 'debian-12', {}, about)], at('egi'))).toEqual([]);
});
