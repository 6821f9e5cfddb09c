import type { HostDefinition } from '../cloud/definition';

/** A node as Chameleon's reference repository writes it. */
export function nodeOf({ properties, hardware }: HostDefinition): Record<string, unknown> {
  if (!hardware) return {};
  const { cpu, platform, sockets, threads, ramGiB, gpu, infiniband, disks } = hardware;
  return {
    type: 'node',
    uid: properties.uid,
    node_name: properties.node_name,
    node_type: properties.node_type,
    architecture: { platform_type: platform, smp_size: sockets, smt_size: threads },
    processor: { model: cpu, vendor: cpu.split(' ')[0], clock_speed: 2_600_000_000 },
    main_memory: { ram_size: ramGiB * 1024 ** 3, humanized_ram_size: `${ramGiB} GiB` },
    gpu: gpu ? { gpu: true, gpu_model: gpu.model, gpu_count: gpu.count, gpu_vendor: gpu.vendor } : { gpu: false },
    infiniband,
    network_adapters: [
      { device: 'eno1', enabled: true, rate: 25_000_000_000, model: 'BCM57414', mac: null },
      { device: 'eno2', enabled: false, rate: 25_000_000_000, model: 'BCM57414', mac: null },
    ],
    storage_devices: disks.map(({ media, sizeGB }, index) => ({
      device: `sd${String.fromCharCode('a'.charCodeAt(0) + index)}`,
      media_type: media,
      size: sizeGB * 10 ** 9,
      humanized_size: `${sizeGB} GB`,
    })),
    placement: { rack: properties['placement.rack'] },
    supported_job_types: { deploy: true, besteffort: false, virtual: 'ivt' },
    links: [],
  };
}
