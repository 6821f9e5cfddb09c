import type { HardwareDefinition, HostDefinition } from './definition';
import { stableUuid } from './world';

interface NodeType {
  type: string;
  count: number;
  /** of the first of them; a rack has 24 */
  rack: number;
  cpu: string;
  sockets?: number;
  threads: number;
  ramGiB: number;
  gpu?: { model: string; count: number; vendor: string };
  platform?: 'aarch64';
  infiniband?: boolean;
  disks?: HardwareDefinition['disks'];
  /** how much of the time somebody has each of them */
  busy: number;
  units?: number;
}

/** Kinds and numbers of nodes as a large site of Chameleon has them. */
const nodeTypes: NodeType[] = [
  { type: 'compute_skylake', count: 32, rack: 1, cpu: 'Intel Xeon Gold 6126', threads: 48, ramGiB: 192, busy: 0.6 },
  { type: 'compute_cascadelake_r', count: 56, rack: 3, cpu: 'Intel Xeon Gold 6240R', threads: 96, ramGiB: 192, busy: 0.5 },
  { type: 'compute_icelake_r650', count: 40, rack: 6, cpu: 'Intel Xeon Platinum 8380', threads: 160, ramGiB: 256, busy: 0.55 },
  { type: 'compute_zen3', count: 24, rack: 8, cpu: 'AMD EPYC 7763', threads: 256, ramGiB: 256, busy: 0.5 },
  { type: 'compute_haswell_ib', count: 12, rack: 9, cpu: 'Intel Xeon E5-2670 v3', threads: 48, ramGiB: 128, infiniband: true, busy: 0.3 },
  {
    type: 'storage_nvme',
    count: 8,
    rack: 10,
    cpu: 'AMD EPYC 7352',
    threads: 96,
    ramGiB: 256,
    disks: Array.from({ length: 6 }, () => ({ media: 'SSD' as const, sizeGB: 2000 })),
    busy: 0.4,
    units: 2,
  },
  {
    type: 'gpu_rtx_6000',
    count: 36,
    rack: 11,
    cpu: 'Intel Xeon Gold 6126',
    threads: 48,
    ramGiB: 192,
    gpu: { model: 'RTX 6000', count: 1, vendor: 'NVIDIA' },
    busy: 0.7,
    units: 2,
  },
  {
    type: 'gpu_v100',
    count: 4,
    rack: 13,
    cpu: 'Intel Xeon Gold 6230',
    threads: 80,
    ramGiB: 128,
    gpu: { model: 'V100', count: 4, vendor: 'NVIDIA' },
    infiniband: true,
    busy: 0.75,
    units: 2,
  },
  {
    type: 'gpu_a100_pcie',
    count: 4,
    rack: 13,
    cpu: 'AMD EPYC 7763',
    threads: 128,
    ramGiB: 512,
    gpu: { model: 'A100', count: 4, vendor: 'NVIDIA' },
    busy: 0.8,
    units: 16,
  },
  {
    type: 'gpu_mi100',
    count: 8,
    rack: 14,
    cpu: 'AMD EPYC 7763',
    threads: 256,
    ramGiB: 256,
    gpu: { model: 'MI100', count: 2, vendor: 'AMD' },
    busy: 0.4,
    units: 2,
  },
  { type: 'compute_arm64', count: 8, rack: 15, cpu: 'ThunderX2 99xx', threads: 256, ramGiB: 256, platform: 'aarch64', busy: 0.35 },
  {
    type: 'arm_thunder',
    count: 4,
    rack: 15,
    cpu: 'Ampere Altra Q80-30',
    sockets: 1,
    threads: 80,
    ramGiB: 256,
    platform: 'aarch64',
    busy: 0.25,
  },
];
const A_RACK = 24;

/** The bare metal of "Sandbox America": some 240 hosts with the capabilities that Chameleon gives its own, from its registry of hardware. */
export const americanHosts: HostDefinition[] = nodeTypes
  .flatMap((kind) => Array.from({ length: kind.count }, (_, index) => ({ kind, index })))
  .map(({ kind, index }, position) => {
    const uid = stableUuid(`america/host/${kind.type}/${index}`);
    const hardware: HardwareDefinition = {
      cpu: kind.cpu,
      platform: kind.platform ?? 'x86_64',
      sockets: kind.sockets ?? 2,
      threads: kind.threads,
      ramGiB: kind.ramGiB,
      gpu: kind.gpu ?? null,
      infiniband: kind.infiniband ?? false,
      disks: kind.disks ?? [{ media: 'SSD', sizeGB: 480 }],
    };
    const rack = kind.rack + Math.floor(index / A_RACK);
    return {
      id: String(position + 1),
      name: uid,
      vcpus: kind.threads,
      memoryMiB: kind.ramGiB * 1024,
      diskGiB: hardware.disks.reduce((sum, { sizeGB }) => sum + sizeGB, 0),
      busy: kind.busy,
      hardware,
      properties: {
        uid,
        node_name: `c${String(rack).padStart(2, '0')}-${String((index % A_RACK) + 1).padStart(2, '0')}${kind.type === 'gpu_a100_pcie' ? 'a' : ''}`,
        node_type: kind.type,
        su_factor: String(kind.units ?? 1),
        ...capabilities(hardware, String(rack)),
      },
    };
  });

/** What Blazar says of a host: the registry's words, flattened with dots, and all of it text. */
function capabilities(
  { platform, sockets, threads, ramGiB, gpu, infiniband, cpu, disks }: HardwareDefinition,
  rack: string,
): Record<string, string> {
  return {
    'architecture.platform_type': platform,
    'architecture.smp_size': String(sockets),
    'architecture.smt_size': String(threads),
    'processor.model': cpu,
    'main_memory.humanized_ram_size': `${ramGiB} GiB`,
    'main_memory.ram_size': String(ramGiB * 1024 ** 3),
    'gpu.gpu': gpu ? 'True' : 'False',
    'gpu.gpu_model': gpu?.model ?? 'none',
    'gpu.gpu_count': String(gpu?.count ?? 0),
    'gpu.gpu_vendor': gpu?.vendor ?? 'none',
    infiniband: infiniband ? 'True' : 'False',
    'placement.rack': rack,
    'storage_devices.0.media_type': disks[0]?.media ?? 'SSD',
    'storage_devices.0.humanized_size': `${disks[0]?.sizeGB ?? 0} GB`,
  };
}
