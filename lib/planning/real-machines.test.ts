import { afterAll, describe, expect, test, vi } from 'vitest';
import type { CloudDefinition, FlavorDefinition } from '@/lib/sandbox/cloud/definition';
import type { Difference } from '@/lib/sandbox/testing/rig';
import { closeDoors } from '@/lib/web';
import { lookAt, planAt, said } from './testing/rig-plan';
import type { Plan } from './types';

vi.setConfig({ testTimeout: 60_000 });
afterAll(() => closeDoors());

type ImageBody = Record<string, unknown>;
/** A site whose images are told with these things otherwise: all of them, or those of one name. */
const images = (change: (image: ImageBody) => ImageBody): Difference => ({
  says(call, body) {
    if (!/^GET \/image\/v2\/images$/.test(call)) return body;
    const told = body as { images: ImageBody[] };
    return { ...told, images: told.images.map((image) => ({ ...image, ...change(image) })) };
  },
});
/** A site with these flavors alone; each is large enough for a machine. */
const flavors = (...some: Partial<FlavorDefinition>[]): Difference => ({
  has: ({ flavors: [first] }: CloudDefinition) => ({
    flavors: some.flatMap((each, index) =>
      first ? [{ ...first, vcpus: 4, ramMiB: 8192, diskGiB: 80, id: `f${index}`, name: `f${index}`, ...each }] : [],
    ),
  }),
});
const imageOf = (plan: Plan) => plan.resources.flatMap(({ spec }) => (spec.kind === 'server' ? [spec.imageId] : []))[0];
const flavorOf = (plan: Plan) => plan.resources.flatMap(({ spec }) => (spec.kind === 'server' ? [spec.flavorId] : []))[0];
const noImage = [expect.stringMatching(/^error image-not-found placement.machine.image: Rig has no image that the recipe supports/)];

describe('images are taken by what is said of them, not by their names', () => {
  const none: [images: string, difference: Difference][] = [
    ['strangers’, shared with the project', images(() => ({ visibility: 'shared', owner: 'somebody-else' }))],
    ['strangers’, shown to all', images(() => ({ visibility: 'community', owner: 'somebody-else' }))],
    ['snapshots', images(() => ({ image_type: 'snapshot' }))],
    ['snapshots, by the server that they were made of', images(() => ({ instance_uuid: 'a-server' }))],
    ['snapshots, by a tag', images(() => ({ tags: ['nightly', 'snapshot'] }))],
    ['of another processor, by a property', images(() => ({ architecture: 'aarch64' }))],
    ['of another processor, by Nova’s property', images(() => ({ architecture: undefined, hw_architecture: 'aarch64' }))],
    ['still on their way', images(() => ({ status: 'queued' }))],
    ['withdrawn', images(() => ({ status: 'deactivated' }))],
    ['media of an installer', images(() => ({ disk_format: 'iso' }))],
    ['ramdisks', images(() => ({ disk_format: 'ari', container_format: 'ari' }))],
  ];
  test.each(none)('where all are %s, none is taken', async (_images, difference) => {
    expect(said((await lookAt(difference)).plan)).toEqual(noImage);
  });

  const some: [images: string, difference: Difference, loginUser: string][] = [
    ['without an owner that is told', images(() => ({ visibility: 'public', owner: null })), 'ubuntu'],
    ['with an empty login', images(() => ({ os_admin_user: '' })), 'ubuntu'],
    ['with a login of blanks', images(() => ({ os_admin_user: '  ' })), 'ubuntu'],
    ['with a login that is a command', images(() => ({ os_admin_user: 'root; reboot' })), 'ubuntu'],
    ['with a login of their own', images(() => ({ os_admin_user: 'researcher' })), 'researcher'],
    [
      'told by their file’s name alone',
      images(() => ({
        os_distro: undefined,
        os_version: undefined,
        os_admin_user: undefined,
        'eu.egi.cloud.image_ref': undefined,
        architecture: undefined,
        name: 'noble-server-cloudimg-amd64',
      })),
      'ubuntu',
    ],
    [
      'named as Jetstream2 does',
      images(() => ({
        os_distro: undefined,
        os_version: undefined,
        os_admin_user: undefined,
        'eu.egi.cloud.image_ref': undefined,
        name: 'Featured-Ubuntu24',
      })),
      'ubuntu',
    ],
  ];
  test.each(some)('where they are %s, one is taken, and who signs in is known', async (_images, difference, loginUser) => {
    const { plan } = await lookAt(difference);
    expect(said(plan)).toEqual([]);
    expect(plan.nodes.map((node) => node.loginUser)).toEqual([loginUser]);
  });

  test('a stranger’s image that is named is asked about before it gets anybody’s secrets', async () => {
    const { facts } = await lookAt(images(() => ({ visibility: 'shared', owner: 'somebody-else' })));
    const stranger = facts.images.find(({ distro, version }) => distro === 'ubuntu' && version === '24.04')?.id;
    expect(said(planAt(facts, { image: stranger }))).toEqual([expect.stringMatching(/image-not-found .* belongs to another project/)]);
    expect(said(planAt(facts, { image: stranger, trustedImage: stranger }))).toEqual([]);
  });

  test('of a stranger’s newer image and the site’s own of the same name the site’s is taken', async () => {
    const { facts, plan } = await lookAt(
      images(({ name }) => (/2026-10-20/.test(String(name)) ? { visibility: 'shared', owner: 'somebody-else' } : {})),
    );
    expect(facts.images.find(({ id }) => id === imageOf(plan))).toMatchObject({ distro: 'ubuntu', version: '24.04' });
    expect(facts.images.find(({ id }) => id === imageOf(plan))?.from).toBeUndefined();
  });
});

describe('flavors are taken by what is said of them', () => {
  const none: [flavors: string, difference: Difference, says: RegExp][] = [
    ['of another processor, by Nova’s property', flavors({ extraSpecs: { 'hw:architecture': 'aarch64' } }), /No flavor/],
    ['of another processor, by a trait', flavors({ extraSpecs: { 'trait:COMPUTE_ARCH_AARCH64': 'required' } }), /No flavor/],
    ['of bare metal', flavors({ extraSpecs: { 'resources:CUSTOM_BAREMETAL': '1', 'resources:VCPU': '0' } }), /No flavor/],
  ];
  test.each(none)('where all are %s, none is taken', async (_flavors, difference, says) => {
    expect(said((await lookAt(difference)).plan)).toEqual([expect.stringMatching(says)]);
  });

  const gpus: [way: string, extraSpecs: Record<string, string>][] = [
    ['an alias of PCI passthrough', { 'pci_passthrough:alias': 'a100-80g:1' }],
    ['Placement’s vGPU', { 'resources:VGPU': '1' }],
    ['a resource class of the site', { 'resources:CUSTOM_NVIDIA_H100': '1' }],
    ['a PCI device in Placement', { 'resources1:CUSTOM_PCI_10DE_2330': '1' }],
    ['a device profile of Cyborg', { 'accel:device_profile': 'nvidia-a100' }],
    ['a trait', { 'trait:CUSTOM_GPU': 'required' }],
    ['EGI’s properties', { 'Accelerator:Type': 'GPU', 'Accelerator:Number': '1' }],
  ];
  test.each(gpus)('one with a GPU by %s is not wasted on who needs none', async (_way, extraSpecs) => {
    const { facts, plan } = await lookAt(flavors({ name: 'small-one', id: 'gpu', vcpus: 2, ramMiB: 4096, extraSpecs }, { id: 'plain' }));
    expect(facts.flavors.find(({ id }) => id === 'gpu')?.gpus).toBe(1);
    expect(flavorOf(plan)).toBe('plain');
  });
});
