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
  ['EGI’s convention', { 'Accelerator:Type': 'GPU', 'Accelerator:Number': '2' }, 2],
  ['another accelerator', { 'Accelerator:Type': 'FPGA', 'Accelerator:Number': '2' }, undefined],
  ['virtual GPUs', { 'resources:VGPU': '1' }, 1],
  ['passthrough', { 'pci_passthrough:alias': 'nvidia-a100:4,nic:2' }, 4],
  ['Chameleon’s trait', { 'trait:CUSTOM_GPU': 'required' }, 1],
  ['none', { 'hw:cpu_policy': 'dedicated' }, undefined],
])('GPUs: %s', (_, specs, gpus) => {
  expect(readFlavors([flavor('x', specs as Record<string, string>)], {})[0]?.gpus).toBe(gpus);
});
