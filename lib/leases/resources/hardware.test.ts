import { describe, expect, it } from 'vitest';
import { host } from '../testing/site';
import { architectureName, hardwareOf } from './hardware';

const of = (properties: Record<string, string>) => hardwareOf(host('1', 'x', properties));
const nothing = { gpu: null, infiniband: false, fpga: false };

describe('the hardware of a host', () => {
  it.each<[string, Record<string, string>, object]>([
    ['one that says nothing', {}, nothing],
    [
      'one of Chameleon’s',
      {
        'architecture.platform_type': 'x86_64',
        'architecture.smt_size': '48',
        vcpus: '1',
        'processor.model': ' Intel Xeon Gold 6126 ',
        'main_memory.ram_size': String(192 * 1024 ** 3),
        memory_mb: '1',
        'storage_devices.0.size': String(240 * 1024 ** 3),
        'storage_devices.12.size': String(1024 * 1024 ** 3),
        'storage_devices.0.model': '5',
        local_gb: '1',
        'placement.rack': '3',
        'gpu.gpu': 'True',
        'gpu.gpu_model': 'RTX 6000',
        'gpu.gpu_count': '2',
        infiniband: 'True',
        'fpga.board_model': 'Nallatech 385A',
      },
      {
        architecture: 'x86_64',
        threads: 48,
        cpu: 'Intel Xeon Gold 6126',
        memoryMiB: 196_608,
        diskGiB: 1264,
        rack: '3',
        gpu: { model: 'RTX 6000', count: 2 },
        infiniband: true,
        fpga: true,
      },
    ],
    ['Blazar’s own columns', { vcpus: '8', memory_mb: '4096', local_gb: '40' }, { ...nothing, threads: 8, memoryMiB: 4096, diskGiB: 40 }],
    ['no card, said in Chameleon’s ways', { 'gpu.gpu': 'False', 'gpu.gpu_model': 'none', 'gpu.gpu_count': '0' }, nothing],
    ['no card, said by nothing', { 'gpu.gpu': '', 'gpu.gpu_model': ' ', 'fpga.board_model': 'None', infiniband: 'no' }, nothing],
    ['a card of which nothing more is said', { 'gpu.gpu': 'yes' }, { ...nothing, gpu: { count: 1 } }],
    ['a model alone', { 'gpu.gpu_model': 'A100' }, { ...nothing, gpu: { model: 'A100', count: 1 } }],
    ['a number alone', { 'gpu.gpu_count': '4' }, { ...nothing, gpu: { count: 4 } }],
    ['numbers that are none', { vcpus: 'many', memory_mb: '-1', local_gb: 'Infinity', 'gpu.gpu_count': 'NaN' }, nothing],
    ['another architecture', { 'architecture.platform_type': 'arm64' }, { ...nothing, architecture: 'aarch64' }],
  ])('%s', (_name, properties, hardware) => {
    expect(of(properties)).toEqual(hardware);
  });

  it.each([
    ['AMD64', 'x86_64'],
    [' x86-64 ', 'x86_64'],
    ['x86_64', 'x86_64'],
    ['ARM64', 'aarch64'],
    ['aarch64', 'aarch64'],
    ['ppc64le', 'ppc64le'],
    ['constructor', 'constructor'],
  ])('%s is called %s', (text, name) => {
    expect(architectureName(text)).toBe(name);
  });
});
