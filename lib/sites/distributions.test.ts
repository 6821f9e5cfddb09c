import { expect, test } from 'vitest';
import { readArchitecture, readRelease } from './distributions';

test.each([
  // Jetstream2
  ['Featured-Ubuntu24', 'ubuntu', '24.04'],
  ['Featured-Ubuntu22', 'ubuntu', '22.04'],
  ['Featured-Minimal-Ubuntu24', 'ubuntu', '24.04'],
  ['Featured-RockyLinux9', 'rocky', '9'],
  ['Featured-AlmaLinux9', 'almalinux', '9'],
  ['JS-API-Featured-Ubuntu20-Latest', 'ubuntu', '20.04'],
  // the distributions' own file names
  ['noble-server-cloudimg-amd64.img', 'ubuntu', '24.04'],
  ['jammy-minimal-cloudimg-arm64', 'ubuntu', '22.04'],
  ['ubuntu-24.04-server-cloudimg-amd64', 'ubuntu', '24.04'],
  ['debian-12-genericcloud-amd64-20240701-1795', 'debian', '12'],
  ['debian-13-generic-amd64.qcow2', 'debian', '13'],
  ['Rocky-9-GenericCloud-Base-9.4-20240609.1.x86_64', 'rocky', '9'],
  ['Rocky-9-GenericCloud.latest.x86_64.qcow2', 'rocky', '9'],
  ['AlmaLinux-9-GenericCloud-9.4-20240507.x86_64', 'almalinux', '9'],
  ['CentOS-Stream-GenericCloud-9-20240101.0.x86_64', 'centos', '9'],
  ['CentOS-7-x86_64-GenericCloud-2009', 'centos', '7'],
  ['Fedora-Cloud-Base-40-1.14.x86_64', 'fedora', '40'],
  ['Fedora-Cloud-Base-Generic.x86_64-40-1.14', 'fedora', '40'],
  ['openSUSE-Leap-15.5-Minimal-VM.x86_64-Cloud', 'opensuse', '15.5'],
  ['Arch-Linux-x86_64-cloudimg-20240701.247067', 'arch', undefined],
  ['cirros-0.6.2-x86_64-disk', 'cirros', '0.6.2'],
  // Chameleon
  ['CC-Ubuntu24.04-CUDA', 'ubuntu', '24.04'],
  ['CC-Ubuntu24.04-CUDA-VGPU', 'ubuntu', '24.04'],
  ['CC-Ubuntu22.04-ARM64', 'ubuntu', '22.04'],
  ['CC-CentOS9-Stream', 'centos', '9'],
  // EGI and others
  ['egi_vm_images/ubuntu:22.04', 'ubuntu', '22.04'],
  ['egi_vm_images/alma:9', 'almalinux', '9'],
  ['Ubuntu Server 22.04 LTS (Jammy Jellyfish)', 'ubuntu', '22.04'],
  ['Ubuntu-22.04-LTS', 'ubuntu', '22.04'],
  ['ubuntu2204', 'ubuntu', '22.04'],
  ['ubuntu-jammy-20240801', 'ubuntu', '22.04'],
  ['GPU CUDA 12.4 Ubuntu 24.04', 'ubuntu', '24.04'],
  ['01-ubuntu-24.04', 'ubuntu', '24.04'],
  ['Debian Bookworm', 'debian', '12'],
  ['debian12', 'debian', '12'],
  ['Rocky Linux 9.3', 'rocky', '9.3'],
  ['rocky9', 'rocky', '9'],
  ['RHEL 9.2', 'rhel', '9.2'],
  ['Windows Server 2022', 'windows', undefined],
  ['my snapshot 2024', undefined, undefined],
  ['monarch-data', undefined, undefined],
])('%s', (name, distro, version) => {
  expect(readRelease({ name })).toEqual(distro === undefined ? {} : { distro, version });
});

test.each([
  [{ distro: 'Ubuntu', version: '24.04', name: 'x' }, 'ubuntu', '24.04'],
  [{ distro: 'ubuntu', version: 'noble', name: 'x' }, 'ubuntu', '24.04'],
  [{ distro: 'ubuntu', version: '24.04 LTS', name: 'x' }, 'ubuntu', '24.04'],
  [{ distro: 'rockylinux', version: '9.4', name: 'x' }, 'rocky', '9.4'],
  [{ distro: 'alma', name: 'golden 8.9' }, 'almalinux', '8.9'],
  [{ distro: 'http://debian.org/debian/12', version: '12', name: 'x' }, 'debian', '12'],
  [{ distro: 'debian', name: 'ubuntu-22.04' }, 'debian', undefined],
  [{ distro: 'plan9', version: '4', name: 'x' }, 'plan9', '4'],
])('what the image says goes before its name: %o', (said, distro, version) => {
  expect(readRelease(said).distro).toBe(distro);
  if (version !== undefined) expect(readRelease(said).version).toBe(version);
});

test.each([
  ['amd64', 'x', 'x86_64'],
  ['x86_64', 'CC-Ubuntu24.04-ARM64', 'x86_64'],
  ['arm64', 'x', 'aarch64'],
  [undefined, 'CC-Ubuntu24.04-ARM64', 'aarch64'],
  [undefined, 'debian-12-genericcloud-amd64', 'x86_64'],
  [undefined, 'debian-12', undefined],
  ['s390x', 'x', 's390x'],
  ['ppc64', 'x', 'ppc64le'],
])('processor %s of an image named %s: %s', (said, name, architecture) => {
  expect(readArchitecture(said, name)).toBe(architecture);
});
