import { expect, test } from 'vitest';
import { countGpus } from './gpus';

test.each([
  ['EGI’s convention', { 'Accelerator:Type': 'GPU', 'Accelerator:Number': '2' }, 2],
  ['EGI’s convention, another accelerator', { 'Accelerator:Type': 'FPGA', 'Accelerator:Number': '2' }, 0],
  ['virtual GPUs', { 'resources:VGPU': '1' }, 1],
  ['virtual GPUs in groups', { 'resources1:VGPU': '1', 'resources2:VGPU': '1', 'resources:VCPU': '4' }, 2],
  ['virtual GPUs in a named group', { 'resources_GPU:VGPU': '4', trait_GPU: 'x' }, 4],
  ['a resource class of the model', { 'resources:CUSTOM_A100': '2' }, 2],
  ['a resource class of the vendor', { 'resources:CUSTOM_NVIDIA_H100_PCIE': '8' }, 8],
  ['a resource class of a part', { 'resources:CUSTOM_MIG_1G_10GB': '1' }, 1],
  ['a resource class of GPUs', { 'resources:CUSTOM_GPU': '1', 'resources:CUSTOM_BAREMETAL': '1' }, 1],
  ['a PCI device in Placement, NVIDIA', { 'resources:CUSTOM_PCI_10DE_20B5': '2' }, 2],
  ['a PCI device in Placement, AMD', { 'resources:CUSTOM_PCI_1002_740F': '1' }, 1],
  ['a PCI device in Placement, a network card', { 'resources:CUSTOM_PCI_15B3_1018': '1' }, 0],
  ['passthrough', { 'pci_passthrough:alias': 'nvidia-a100:4,nic:2' }, 4],
  ['passthrough of two kinds', { 'pci_passthrough:alias': 'h100:2, l40s:1' }, 3],
  ['passthrough without a number', { 'pci_passthrough:alias': 'gpu' }, 1],
  ['passthrough of a model alone', { 'pci_passthrough:alias': 'a40:1' }, 1],
  ['passthrough of AMD’s', { 'pci_passthrough:alias': 'MI250X:8' }, 8],
  ['passthrough of network cards', { 'pci_passthrough:alias': 'mlx5:2,nvme:1,qat:1' }, 0],
  ['Cyborg', { 'accel:device_profile': 'gpu-a100-profile' }, 1],
  ['Cyborg, an FPGA', { 'accel:device_profile': 'fpga-dp1' }, 0],
  ['Chameleon’s trait', { 'trait:CUSTOM_GPU': 'required' }, 1],
  ['a trait of a model', { 'trait:CUSTOM_NVIDIA_V100': 'required' }, 1],
  ['a trait that is forbidden', { 'trait:CUSTOM_GPU': 'forbidden' }, 0],
  ['a trait of the processor', { 'trait:HW_CPU_X86_AVX2': 'required' }, 0],
  ['Placement before the alias that says it again', { 'resources:VGPU': '1', 'pci_passthrough:alias': 'gpu:1' }, 1],
  ['bare metal', { 'resources:CUSTOM_BAREMETAL': '1', 'resources:VCPU': '0' }, 0],
  ['a lease, whatever its id', { 'resources:CUSTOM_RESERVATION_5F0_A100': '1' }, 0],
  ['none', { 'hw:cpu_policy': 'dedicated' }, 0],
] satisfies [string, Record<string, string>, number][])('%s', (_, specs, gpus) => {
  expect(countGpus(specs)).toBe(gpus);
});
