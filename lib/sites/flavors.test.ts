import { expect, test } from 'vitest';
import { readFlavors } from './flavors';

const flavor = (name: string, extraSpecs: Record<string, string>) => ({ id: name, name, vcpus: 1, ramMiB: 512, diskGiB: 1, extraSpecs });

test.each([
  ['by the site’s rule', flavor('baremetal', {}), true],
  ['by Ironic’s resource class', flavor('r650', { 'resources:CUSTOM_BAREMETAL': '1', 'resources:VCPU': '0' }), true],
  ['a VM', flavor('m1.small', {}), false],
  ['a VM with a custom GPU', flavor('g1', { 'resources:CUSTOM_GPU_A100': '1', 'resources:VCPU': '0' }), false],
])('bare metal: %s', (_, given, expected) => {
  expect(readFlavors([given], { bareMetalFlavors: ['baremetal'] })[0]?.bareMetal).toBe(expected);
});

test.each([
  ['by its name', flavor('reservation:5f0', {}), true],
  [
    'by its aggregate',
    flavor('mine', { 'aggregate_instance_extra_specs:reservation': '5f0', 'resources:CUSTOM_RESERVATION_5F0': '1' }),
    true,
  ],
  ['not', flavor('m1.small', {}), undefined],
])('of a lease: %s', (_, given, expected) => {
  expect(readFlavors([given], {})[0]?.leased).toBe(expected);
});

test.each([
  ['a name', flavor('m1.arm64.large', {}), 'aarch64'],
  ['a trait', flavor('x', { 'trait:COMPUTE_ARCH_AARCH64': 'required' }), 'aarch64'],
  ['a trait that is forbidden', flavor('x', { 'trait:COMPUTE_ARCH_AARCH64': 'forbidden' }), undefined],
  ['Ironic’s capability', flavor('metal', { 'capabilities:cpu_arch': 's== x86_64' }), 'x86_64'],
  ['Nova’s property', flavor('x', { 'hw:architecture': 'aarch64' }), 'aarch64'],
  ['nothing', flavor('m1.small', {}), undefined],
])('processor by %s', (_, given, expected) => {
  expect(readFlavors([given], {})[0]?.architecture).toBe(expected);
});

test('GPUs are counted', () => {
  expect(readFlavors([flavor('x', { 'resources:VGPU': '2' })], {})[0]?.gpus).toBe(2);
  expect(readFlavors([flavor('x', {})], {})[0]).not.toHaveProperty('gpus');
});
