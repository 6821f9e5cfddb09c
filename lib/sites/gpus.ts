const words =
  /gpu|nvidia|cuda|tesla|quadro|geforce|rtx|gtx|titan|radeon|instinct|(?:^|[^a-z])(?:[abghlpvtk]\d{1,3}s?|gh200|mi\d{2,3}x?|mig)(?![a-z])/i;
const isGpu = (name: string): boolean => words.test(name.replaceAll('_', '-'));
/** PCI devices as Placement names them: those of NVIDIA and AMD (Nova, “PCI tracking in Placement”). */
const pciGpu = /^CUSTOM_PCI_(?:10DE|1002)_/i;

/**
 * How many GPUs a flavor gives, by any of the ways in which sites declare them; 0 where it says nothing of any.
 * @param specs its extra specs
 */
export function countGpus(specs: Record<string, string>): number {
  return [byEgi, byPlacement, byPassthrough, byCyborg, byTrait].map((way) => way(specs)).find((count) => count > 0) ?? 0;
}

// the convention of the EGI Federated Cloud
function byEgi(specs: Record<string, string>): number {
  const type = specs['Accelerator:Type'];
  return type === undefined || /gpu/i.test(type) ? Number(specs['Accelerator:Number']) || 0 : 0;
}

/** `resources:VGPU`, `resources2:CUSTOM_A100`, `resources_GPU:CUSTOM_NVIDIA_H100`: of all groups together. */
function byPlacement(specs: Record<string, string>): number {
  return sum(specs, (key, value) => {
    const resource = /^resources[\w-]*:(.+)$/.exec(key)?.[1];
    if (resource === undefined) return 0;
    const named = /^CUSTOM_(?!PCI_|RESERVATION_)(.+)$/.exec(resource)?.[1];
    const counts = /^(?:VGPU|PGPU)$/.test(resource) || pciGpu.test(resource) || (named !== undefined && isGpu(named));
    return counts ? Number(value) || 0 : 0;
  });
}

/** `pci_passthrough:alias = a100:2,nic:1` (Nova, “Attaching physical PCI devices to guests”). */
function byPassthrough(specs: Record<string, string>): number {
  return (specs['pci_passthrough:alias'] ?? '')
    .split(',')
    .map((part) => part.trim().split(':'))
    .filter(([alias]) => alias !== undefined && isGpu(alias))
    .reduce((total, [, count]) => total + (count === undefined ? 1 : Number(count) || 0), 0);
}

/** A device profile of Cyborg: how many devices are in it only Cyborg knows, at least one. */
function byCyborg(specs: Record<string, string>): number {
  return sum(specs, (key, value) => (/^accel[\w-]*:device_profile$/.test(key) && isGpu(value) ? 1 : 0));
}

/** Chameleon's `trait:CUSTOM_GPU`, and traits of models. */
function byTrait(specs: Record<string, string>): number {
  const asked = Object.entries(specs).some(([key, value]) => {
    const trait = /^trait[\w-]*:(?:CUSTOM_|HW_)(.+)$/.exec(key)?.[1];
    return trait !== undefined && value === 'required' && isGpu(trait);
  });
  return asked ? 1 : 0;
}

const sum = (specs: Record<string, string>, count: (key: string, value: string) => number): number =>
  Object.entries(specs).reduce((total, [key, value]) => total + count(key, value), 0);
