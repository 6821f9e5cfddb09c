import type { CloudFlavor } from '@/lib/openstack/types';
import type { Flavor, SiteRules } from './types';

/** The flavors of a site, smallest first. */
export function readFlavors(flavors: readonly CloudFlavor[], rules: SiteRules): Flavor[] {
  return flavors
    .map((flavor) => readFlavor(flavor, rules))
    .sort((a, b) => a.vcpus - b.vcpus || a.ramMiB - b.ramMiB || a.diskGiB - b.diskGiB || a.name.localeCompare(b.name));
}

function readFlavor({ id, name, vcpus, ramMiB, diskGiB, extraSpecs }: CloudFlavor, rules: SiteRules): Flavor {
  const gpus = countGpus(extraSpecs);
  const leased = isLeased(name, extraSpecs);
  const bareMetal = isBareMetal(name, extraSpecs, rules);
  return { id, name, vcpus, ramMiB, diskGiB, bareMetal, ...(gpus > 0 ? { gpus } : {}), ...(leased ? { leased } : {}) };
}

// Blazar gives the project a private flavor while an instance reservation runs (blazar/plugins/instances: its name and aggregate).
function isLeased(name: string, specs: Record<string, string>): boolean {
  return name.startsWith('reservation:') || specs['aggregate_instance_extra_specs:reservation'] !== undefined;
}

// Ironic's flavors ask Placement for one custom resource and for none of the virtual ones (Nova's guide for bare metal).
function isBareMetal(name: string, specs: Record<string, string>, rules: SiteRules): boolean {
  const custom = Object.keys(specs).some((key) => key.startsWith('resources:CUSTOM_') && !key.includes('GPU'));
  return rules.bareMetalFlavors?.includes(name) === true || (custom && specs['resources:VCPU'] === '0');
}

function countGpus(specs: Record<string, string>): number {
  // EGI's convention, then virtual GPUs, then PCI passthrough (`a100:2,nic:1`), then Chameleon's trait
  const egi = specs['Accelerator:Type'] === undefined || /gpu/i.test(specs['Accelerator:Type']) ? Number(specs['Accelerator:Number']) : 0;
  if (egi > 0) return egi;
  const virtual = Number(specs['resources:VGPU']);
  if (virtual > 0) return virtual;
  const passthrough = (specs['pci_passthrough:alias'] ?? '')
    .split(',')
    .map((part) => part.split(':'))
    .filter(([alias]) => alias !== undefined && /gpu|nvidia|tesla|rtx|[avhkpt]\d{1,4}/i.test(alias))
    .reduce((sum, [, count]) => sum + (Number(count) || 0), 0);
  if (passthrough > 0) return passthrough;
  return specs['trait:CUSTOM_GPU'] === 'required' ? 1 : 0;
}
