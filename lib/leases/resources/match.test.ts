import { describe, expect, it } from 'vitest';
import { host } from '../testing/site';
import type { Condition } from '../types';
import { type HostWants, holds, isLeasable, matches, numberOf, wantsOf } from './match';

const gpuHost = host('1', 'gpu_rtx_6000', {
  'gpu.gpu': 'True',
  'gpu.gpu_model': 'RTX 6000',
  'gpu.gpu_count': '2',
  'architecture.platform_type': 'x86_64',
  'architecture.smt_size': '48',
  'main_memory.ram_size': String(192 * 1024 ** 3),
  'placement.rack': '3',
});

describe('what is wanted of a host', () => {
  it.each<[HostWants, boolean]>([
    [{}, true],
    [{ nodeType: 'gpu_rtx_6000' }, true],
    [{ nodeType: 'gpu_rtx' }, false],
    [{ uids: ['uid-2', 'uid-1'] }, true],
    [{ uids: [] }, false],
    [{ uids: ['uid-2'] }, false],
    [{ avoid: ['uid-1'] }, false],
    [{ avoid: ['uid-2'] }, true],
    [{ gpu: true }, true],
    [{ gpu: 'rtx_6000' }, true],
    [{ gpu: 'RTX 6' }, true],
    [{ gpu: 'A100' }, false],
    [{ gpus: 2 }, true],
    [{ gpus: 3 }, false],
    [{ architecture: 'amd64' }, true],
    [{ architecture: 'arm64' }, false],
    [{ memoryMiB: 196_608 }, true],
    [{ memoryMiB: 196_609 }, false],
    [{ threads: 48 }, true],
    [{ threads: 49 }, false],
    [{ properties: [{ name: 'placement.rack', op: '=', value: '3' }] }, true],
    [
      {
        properties: [
          { name: 'placement.rack', op: '=', value: '3' },
          { name: 'gpu.gpu', op: '!=', value: 'True' },
        ],
      },
      false,
    ],
    [{ nodeType: 'gpu_rtx_6000', gpu: 'A100' }, false],
  ])('%j: %s', (wants, fits) => {
    expect(matches(gpuHost, wants)).toBe(fits);
  });

  it('is not there where a host says nothing of itself', () => {
    const dumb = host('2');
    const wants: HostWants[] = [{ gpu: true }, { gpu: '' }, { gpus: 1 }, { memoryMiB: 1 }, { threads: 1 }, { architecture: 'x86_64' }];
    expect(wants.filter((one) => matches(dumb, one))).toEqual([]);
  });

  it('is the usual node type where nothing is said', () => {
    const rules = { defaultNodeType: 'compute_skylake' };
    const asked = { kind: 'physical:host', min: 1, max: 1 } as const;
    expect(wantsOf(asked, rules)).toEqual({ nodeType: 'compute_skylake', properties: [] });
    expect(wantsOf(asked, {})).toEqual({ properties: [] });
    expect(wantsOf({ ...asked, nodeType: 'fpga' }, rules)).toEqual({ nodeType: 'fpga', properties: [] });
    expect(wantsOf({ ...asked, hosts: ['u'] }, rules)).toEqual({ uids: ['u'], properties: [] });
    const properties: Condition[] = [{ name: 'a', op: '=', value: 'b' }];
    expect(wantsOf({ ...asked, properties }, rules)).toEqual({ properties });
  });
});

describe('conditions', () => {
  it.each<[string | undefined, Condition['op'], string, boolean]>([
    ['4', '=', '4', true],
    ['4', '=', '4.0', false],
    ['4', '!=', '5', true],
    ['4', '!=', '4', false],
    [undefined, '!=', '4', false],
    [undefined, '=', '', false],
    // as text 10 would be less than 5
    ['10', '>=', '5', true],
    ['4', '>=', '5', false],
    ['5', '>=', '5', true],
    ['5', '<=', '5', true],
    ['10', '<=', '9', false],
    ['5', '>', '5', false],
    ['6', '>', '5', true],
    ['5', '<', '5', false],
    ['4', '<', '5', true],
    ['ten', '>', '5', false],
    ['10', '>', 'five', false],
    ['', '<', '5', false],
  ])('%s %s %s: %s', (actual, op, value, fits) => {
    expect(holds({ name: 'x', op, value }, actual)).toBe(fits);
  });

  it.each([
    ['4', 4],
    [' 4.5 ', 4.5],
    ['-1', -1],
    ['', undefined],
    ['  ', undefined],
    ['4 GiB', undefined],
    ['Infinity', undefined],
  ])('“%s” is the number %s', (text, number) => {
    expect(numberOf(text)).toBe(number);
  });
});

describe('a host may be leased', () => {
  it.each([
    ['in service', {}, true, undefined, true],
    ['out of service', {}, false, undefined, false],
    ['kept for nobody', { authorized_projects: ' , ' }, true, undefined, true],
    ['kept for others', { authorized_projects: 'p2,p3' }, true, 'p1', false],
    ['kept for it', { authorized_projects: 'p2, p1' }, true, 'p1', true],
    ['kept, by a project that is not known', { authorized_projects: 'p1' }, true, undefined, false],
  ])('%s', (_name, properties, reservable, project, may) => {
    expect(isLeasable(host('1', 'x', properties, { reservable }), project)).toBe(may);
  });
});
