import type { CloudFlavor } from '@/lib/openstack/types';
import { readArchitecture } from './distributions';
import { countGpus } from './gpus';
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
  const architecture = readArchitecture(architectureOf(extraSpecs), name);
  return {
    id,
    name,
    vcpus,
    ramMiB,
    diskGiB,
    bareMetal,
    ...(gpus > 0 ? { gpus } : {}),
    ...(leased ? { leased } : {}),
    ...(architecture ? { architecture } : {}),
  };
}

// Nova's image property as a spec of the flavor, Ironic's capability, and Nova's traits (os-traits, COMPUTE_ARCH_*)
function architectureOf(specs: Record<string, string>): string | undefined {
  const trait = Object.keys(specs).find((key) => /^trait[\w-]*:COMPUTE_ARCH_/.test(key) && specs[key] === 'required');
  return (
    trait?.replace(/^.*COMPUTE_ARCH_/, '') ??
    ['hw:architecture', 'hw_architecture', 'architecture', 'capabilities:cpu_arch', 'cpu_arch', 'capabilities:cpu_info:arch']
      .map((key) => specs[key])
      .find((said) => said !== undefined)
      // a capability may be compared: s== aarch64
      ?.replace(/^\s*(?:s?==|<in>)\s*/, '')
  );
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
