import { expect, it } from 'vitest';
import { host, hosts, leaseSite } from '../testing/site';
import { similarTypes } from './similar';

const kind = (id: string, type: string, threads: number, ramGiB: number, gpus = 0, architecture = 'x86_64') =>
  host(id, type, {
    'architecture.platform_type': architecture,
    'architecture.smt_size': String(threads),
    'main_memory.ram_size': String(ramGiB * 1024 ** 3),
    'gpu.gpu_count': String(gpus),
  });
const asked = (nodeType: string) => ({ kind: 'physical:host', min: 1, max: 1, nodeType }) as const;
const site = leaseSite({
  hosts: [
    kind('1', 'skylake', 48, 192),
    kind('2', 'icelake', 160, 256),
    kind('3', 'cascadelake', 96, 192),
    kind('4', 'cascadelake', 96, 192),
    kind('5', 'zen', 64, 256),
    kind('6', 'zen2', 64, 256),
    kind('7', 'arm', 48, 192, 0, 'aarch64'),
    kind('8', 'k80', 48, 128, 2),
    kind('9', 'p100', 48, 128, 4),
    kind('10', 'm40', 48, 128, 1),
    { ...kind('11', 'closed', 48, 192), reservable: false },
    kind('12', '', 48, 192),
  ],
});

it.each([
  ['skylake', ['zen', 'zen2', 'cascadelake']],
  ['icelake', ['cascadelake', 'zen', 'zen2']],
  ['arm', []],
  ['k80', ['p100']],
  ['m40', ['k80', 'p100']],
  ['none', []],
])('like %s are %j', (type, types) => {
  expect(similarTypes(asked(type), site)).toEqual(types);
});

it('what is not said of a host is as it should be', () => {
  expect(similarTypes(asked('a'), leaseSite({ hosts: [...hosts(1, 1, 'a'), ...hosts(2, 2, 'c'), ...hosts(3, 3, 'b')] }))).toEqual([
    'b',
    'c',
  ]);
  expect(similarTypes(asked('a'), leaseSite({ hosts: null }))).toEqual([]);
});
