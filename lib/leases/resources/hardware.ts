import type { Host } from '../types';

/** What a host is made of, read off its properties (Chameleon's names, and Blazar's own columns). What they do not say is left out. */
export interface Hardware {
  /** `x86_64`, `aarch64` … */
  architecture?: string;
  /** as an operating system counts its processors */
  threads?: number;
  cpu?: string;
  memoryMiB?: number;
  diskGiB?: number;
  /** null: none */
  gpu: { model?: string; count: number } | null;
  infiniband: boolean;
  fpga: boolean;
  rack?: string;
}

const MEBI = 1024 ** 2;
const GIBI = 1024 ** 3;
const architectures: Record<string, string> = {
  amd64: 'x86_64',
  'x86-64': 'x86_64',
  x86_64: 'x86_64',
  arm64: 'aarch64',
  aarch64: 'aarch64',
};

/** The usual name of a processor architecture, by one of its names; others as they are, in lower case. */
export function architectureName(text: string): string {
  const name = text.trim().toLowerCase();
  return Object.hasOwn(architectures, name) ? (architectures[name] ?? name) : name;
}

export function hardwareOf({ properties }: Host): Hardware {
  const text = (name: string) => (isSaid(properties[name]) ? properties[name]?.trim() : undefined);
  const amount = (name: string, unit = 1) => {
    const number = Number(text(name) ?? Number.NaN);
    return Number.isFinite(number) && number > 0 ? Math.round(number / unit) : undefined;
  };
  const platform = text('architecture.platform_type');
  const disks = Object.keys(properties)
    .filter((name) => /^storage_devices\.\d+\.size$/.test(name))
    .reduce((sum, name) => sum + (amount(name) ?? 0), 0);
  return {
    ...defined({
      architecture: platform === undefined ? undefined : architectureName(platform),
      threads: amount('architecture.smt_size') ?? amount('vcpus'),
      cpu: text('processor.model'),
      memoryMiB: amount('main_memory.ram_size', MEBI) ?? amount('memory_mb'),
      diskGiB: disks > 0 ? Math.round(disks / GIBI) : amount('local_gb'),
      rack: text('placement.rack'),
    }),
    gpu: gpuOf(text('gpu.gpu'), text('gpu.gpu_model'), amount('gpu.gpu_count')),
    infiniband: isTrue(text('infiniband')),
    fpga: Object.entries(properties).some(([name, value]) => name.startsWith('fpga.') && isSaid(value)),
  };
}

function gpuOf(has: string | undefined, model: string | undefined, count: number | undefined): Hardware['gpu'] {
  // `gpu.gpu: False` is not said, as any False; some hosts have a model without it
  if (!isTrue(has) && model === undefined && count === undefined) return null;
  return { ...defined({ model }), count: count ?? 1 };
}

const isTrue = (value: string | undefined): boolean => /^(true|yes|1)$/i.test(value ?? '');
const isSaid = (value: string | undefined): value is string => value !== undefined && !/^\s*(none|null|false|n\/a|0?)\s*$/i.test(value);

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  }; // fromEntries forgets the keys
}
