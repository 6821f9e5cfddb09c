import type { LeaseRules } from '../types';

// Chameleon's documentation and FAQ (service units as of August 2025), its enforcement's settings, and the settings of the scripts that look after idle
// leases and stacks of them.

/** What Chameleon's bare-metal sites allow in leases. */
export const chameleonMetal: LeaseRules = {
  maxDays: 7,
  extensionWindowHours: 48,
  extensionFrom: 'end',
  defaultNodeType: 'compute_skylake',
  idle: { warnHours: 6, endHours: 9 },
  stacking: { days: 21, percent: 90 },
  scarce: { nodeTypes: ['gpu_*', 'fpga', 'storage_hierarchy', 'compute_nvdimm'], hosts: 4, percent: 50 },
  fewerFloatingIps: true,
  prices: {
    unit: 'SU',
    hosts: [
      { gpu: '*A100*', perGpu: 4 },
      // before the A100
      ...['gpu_rtx_6000', 'gpu_v100*', 'gpu_p100*', 'gpu_k80', 'gpu_m40'].map((nodeType) => ({ nodeType, perHour: 2 })),
      // after it, or by other makers: no price is published
      { nodeType: 'gpu_*', perHour: null },
      ...['storage*', 'fpga', 'compute_nvdimm'].map((nodeType) => ({ nodeType, perHour: 2 })),
      { nodeType: '*', perHour: 1 },
    ],
    floatingIp: 0,
    network: 1,
    stitchableNetwork: 2,
  },
};

/** The same of KVM@TACC, which leases virtual machines by their flavor. */
export const chameleonMachines: LeaseRules = {
  maxDays: 183,
  flavorMaxDays: [{ flavor: 'g1.h100.*', days: 7 }],
  changeableFlavors: true,
  fewerFloatingIps: true,
  prices: {
    unit: 'SU',
    flavors: [
      { flavor: 'm1.tiny', perHour: 0.01 },
      { flavor: 'm1.small', perHour: 0.02 },
      { flavor: 'm1.medium', perHour: 0.04 },
      { flavor: 'm1.large', perHour: 0.08 },
      { flavor: 'm1.xlarge', perHour: 0.15 },
      { flavor: 'm1.xxlarge', perHour: 0.3 },
      { flavor: 'g1.h100.pci.1', perHour: 0.5 },
    ],
    floatingIp: 0,
  },
};
