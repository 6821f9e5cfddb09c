import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { host } from '../testing/site';
import { type Facet, facetNames, type HardwareSearch, searchHardware } from './hardware-search';

const gib = (amount: number) => String(amount * 1024 ** 3);
const at = (site: string, id: string, nodeType: string, properties: Record<string, string>) => ({
  site,
  host: host(id, nodeType, properties),
});
const all = [
  at('tacc', '1', 'compute_skylake', {
    'architecture.platform_type': 'x86_64',
    'architecture.smt_size': '48',
    'main_memory.ram_size': gib(192),
    'processor.model': 'Intel Xeon Gold 6126',
    'placement.rack': '3',
  }),
  at('tacc', '2', 'compute_skylake', {
    'architecture.platform_type': 'x86_64',
    'architecture.smt_size': '48',
    'main_memory.ram_size': gib(192),
    'processor.model': 'Intel Xeon Gold 6126',
    'placement.rack': '4',
    infiniband: 'True',
  }),
  at('uc', '3', 'gpu_rtx_6000', {
    'architecture.platform_type': 'x86_64',
    'main_memory.ram_size': gib(192),
    'gpu.gpu': 'True',
    'gpu.gpu_model': 'RTX 6000',
    'gpu.gpu_count': '1',
  }),
  at('uc', '4', 'gpu_a100_pcie', {
    'architecture.platform_type': 'x86_64',
    'main_memory.ram_size': gib(512),
    'gpu.gpu': 'True',
    'gpu.gpu_model': 'A100',
    'gpu.gpu_count': '4',
  }),
  at('tacc', '5', 'compute_arm64', {
    'architecture.platform_type': 'aarch64',
    'main_memory.ram_size': gib(256),
    'storage_devices.0.device': 'nvme0n1',
    'fpga.board_model': 'x',
  }),
  at('uc', '6', '', { description: 'a long text on gpu hosts '.repeat(20), 'gpu.gpu': 'yes' }),
];
const ids = (search: HardwareSearch) => searchHardware(all, search).hosts.map((one) => one.host.id);

describe('a search for hardware', () => {
  it.each([
    ['', ['1', '2', '3', '4', '5', '6']],
    ['skylake', ['1', '2']],
    ['SKYLAKE rack4', ['2']],
    ['gpu', ['3', '4', '6']],
    ['rtx_6000', ['3']],
    ['rtx6000', ['3']],
    ['RTX-6000', ['3']],
    ['--', []],
    ['a100', ['4']],
    ['4xa100', ['4']],
    ['5xa100', []],
    ['2x', ['4']],
    ['1×rtx', ['3']],
    ['arm', ['5']],
    ['arm64', ['5']],
    ['amd64', ['1', '2', '3', '4']],
    ['aarch64', ['5']],
    ['x86', ['1', '2', '3', '4']],
    ['256GiB', ['4', '5']],
    ['0.5t', ['4']],
    ['193g', ['4', '5']],
    ['1tb', []],
    ['infiniband', ['2']],
    ['nvme', ['5']],
    ['fpga', ['5']],
    ['6126', ['1', '2']],
    ['c01-3', ['3']],
    ['uc', ['3', '4', '6']],
    ['hosts', []],
    ['skylake arm', []],
    ['.*', []],
  ])('for “%s” finds %j', (text, found) => {
    expect(ids({ text })).toEqual(found);
  });

  it.each<[HardwareSearch, string[]]>([
    [{ memoryMiB: 256 * 1024 }, ['4', '5']],
    [{ threads: 48 }, ['1', '2']],
    [{ gpus: 1 }, ['3', '4', '6']],
    [{ gpus: 2 }, ['4']],
    [{ chosen: { site: ['uc'] } }, ['3', '4', '6']],
    [{ chosen: { nodeType: ['compute_skylake', 'gpu_a100_pcie'] } }, ['1', '2', '4']],
    [{ chosen: { nodeType: ['compute_skylake'], rack: ['3'] } }, ['1']],
    [{ chosen: { architecture: ['aarch64'] } }, ['5']],
    [{ chosen: { gpu: ['none'] } }, ['1', '2', '5']],
    [{ chosen: { gpu: ['other', 'A100'] } }, ['4', '6']],
    [{ chosen: { gpus: ['4'] } }, ['4']],
    [{ chosen: { memoryGiB: ['192'] } }, ['1', '2', '3']],
    [{ chosen: { cpu: ['Intel Xeon Gold 6126'] } }, ['1', '2']],
    [{ chosen: { other: ['infiniband', 'fpga'] } }, ['2', '5']],
    [{ chosen: { other: ['nvme'] } }, ['5']],
    [{ chosen: { site: [] } }, ['1', '2', '3', '4', '5', '6']],
    [{ text: 'gpu', chosen: { site: ['tacc'] } }, []],
  ])('with %j finds %j', (search, found) => {
    expect(ids(search)).toEqual(found);
  });

  it('says what can be chosen, of each facet as if nothing of it were chosen', () => {
    const { facets } = searchHardware(all, { chosen: { site: ['tacc'], nodeType: ['compute_skylake', 'ghost'] } });
    expect(facets.site).toEqual([{ value: 'tacc', count: 2 }]);
    expect(facets.nodeType).toEqual([
      { value: 'compute_skylake', count: 2 },
      { value: 'compute_arm64', count: 1 },
      { value: 'ghost', count: 0 },
    ]);
    expect(facets.rack).toEqual([
      { value: '3', count: 1 },
      { value: '4', count: 1 },
    ]);
    expect(facets.gpu).toEqual([{ value: 'none', count: 2 }]);
    const whole = searchHardware(all, {}).facets;
    expect(whole.memoryGiB).toEqual([
      { value: '192', count: 3 },
      { value: '256', count: 1 },
      { value: '512', count: 1 },
    ]);
    expect(whole.gpus).toEqual([
      { value: '0', count: 3 },
      { value: '1', count: 2 },
      { value: '4', count: 1 },
    ]);
    expect(whole.other.map(({ value }) => value)).toEqual(['fpga', 'infiniband', 'nvme']);
  });

  it('counts of a facet what one more choice would find', () => {
    const choice = fc.constantFrom<[Facet, string]>(
      ['site', 'uc'],
      ['site', 'tacc'],
      ['nodeType', 'compute_skylake'],
      ['gpu', 'none'],
      ['memoryGiB', '192'],
      ['rack', '3'],
    );
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 3 }), fc.constantFrom('', 'gpu', '6126', '256gib'), (choices, text) => {
        const chosen: Partial<Record<Facet, string[]>> = {};
        for (const [facet, value] of choices) chosen[facet] = [...(chosen[facet] ?? []), value];
        const { facets } = searchHardware(all, { text, chosen });
        for (const facet of facetNames)
          for (const { value, count } of facets[facet])
            expect(searchHardware(all, { text, chosen: { ...chosen, [facet]: [value] } }).hosts).toHaveLength(count);
      }),
    );
  });

  it('takes twenty words, and no more', () => {
    expect(ids({ text: `${'gpu '.repeat(20)} ghost` })).toEqual(['3', '4', '6']);
    expect(ids({ text: `${'gpu '.repeat(19)} ghost` })).toEqual([]);
  });
});
