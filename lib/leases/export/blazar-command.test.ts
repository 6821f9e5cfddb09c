import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlazarRequest, BlazarReservation } from '../blazar/requests';
import { inHours } from '../testing/site';
import type { Condition } from '../types';
import { createCommand, deleteCommand, endCommand, shellWord } from './blazar-command';

const request = (reservations: BlazarReservation[], over: Partial<BlazarRequest> = {}): BlazarRequest => ({
  name: 'testbed',
  start: inHours(20),
  end: inHours(26),
  reservations,
  ...over,
});
const type: Condition = { name: 'node_type', op: '=', value: 'gpu_k80' };
const nodes = (where: Condition[]): BlazarReservation => ({ kind: 'physical:host', min: 1, max: 2, where });

// As python-blazarclient cuts an argument up, from its end.
function cut(argument: string, keys: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  const pattern = new RegExp(`^(?:(.*),)?(${keys.join('|')})=(.*)$`);
  for (let rest = argument; rest !== ''; ) {
    const [, before = '', key = '', value = ''] = pattern.exec(rest) ?? [];
    if (key === '' || key in found) throw new Error(`refused: ${rest}`);
    found[key] = value;
    rest = before;
  }
  return found;
}
const hostKeys = ['min', 'max', 'hypervisor_properties', 'resource_properties', 'before_end', 'on_start', 'resource_type'];

/** The words of a command line, as a shell gives them to a program. */
function words(command: string): string[] {
  const [first = '', ...lines] = command.split(' \\\n  ');
  const options = lines.map((line) => /^(--[a-z-]*) ([\s\S]*)$/.exec(line) ?? []);
  // one shell for all: to start one takes a busy machine long
  const said = execFileSync('bash', ['-c', `printf '%s\\0' ${options.map(([, , rest]) => rest).join(' ')}`], { encoding: 'utf8' }).split(
    '\0',
  );
  return [...first.split(' '), ...options.flatMap(([, option = ''], index) => [option, said[index] ?? ''])];
}

describe('the command line that makes a lease', () => {
  it('is one that can be copied', () => {
    expect(createCommand(request([nodes([type, { name: 'uid', op: '!=', value: 'x' }])]))).toBe(
      [
        'openstack reservation lease create',
        `--start-date '2026-11-22 08:00'`,
        `--end-date '2026-11-22 14:00'`,
        `--reservation 'resource_type=physical:host,min=1,max=2,resource_properties=["and",["=","$node_type","gpu_k80"],["!=","$uid","x"]]'`,
        '-- testbed',
      ].join(' \\\n  '),
    );
  });

  it.each<[string, BlazarReservation, string]>([
    ['any hosts', nodes([]), `'resource_type=physical:host,min=1,max=2,resource_properties='`],
    ['a flavor', { kind: 'flavor:instance', flavorId: 'f-1', amount: 3 }, `'resource_type=flavor:instance,flavor_id=f-1,amount=3'`],
    [
      'a size',
      { kind: 'virtual:instance', amount: 3, vcpus: 1, ramMiB: 2, diskGiB: 0 },
      `'resource_type=virtual:instance,amount=3,vcpus=1,memory_mb=2,disk_gb=0'`,
    ],
    ['floating IPs', { kind: 'virtual:floatingip', networkId: 'n', amount: 2 }, `'resource_type=virtual:floatingip,network_id=n,amount=2'`],
    [
      'certain ones',
      { kind: 'virtual:floatingip', networkId: 'n', amount: 2, addresses: ['192.0.2.1', '192.0.2.2'] },
      `'resource_type=virtual:floatingip,network_id=n,amount=2,required_floatingips=["192.0.2.1","192.0.2.2"]'`,
    ],
    [
      'a network',
      { kind: 'network', name: 'my net', where: [{ name: 'physical_network', op: '=', value: 'p' }] },
      `'resource_type=network,network_name=my net,resource_properties=["=","$physical_network","p"]'`,
    ],
    [
      'a network with a name that would be cut',
      { kind: 'network', name: 'a,resource_properties=b\nc', where: [] },
      `'resource_type=network,network_name=a,resource_properties_b_c,resource_properties='`,
    ],
  ])('%s', (_name, reservation, argument) => {
    expect(createCommand(request([reservation], { start: 'now' }))).toContain(
      ` \\\n  --start-date now \\\n  --end-date '2026-11-22 14:00' \\\n  --reservation ${argument} \\\n`,
    );
  });

  it('gives the client what was meant, whatever people named', () => {
    const nasty = fc.oneof(
      fc.string(),
      fc.constantFrom('a,min=9', `';rm -rf /;'`, '$(id)', '`id`', '"],["=","$x","', '-n', '\\', '!', 'a\nb', ',resource_type=x', "'"),
    );
    fc.assert(
      fc.property(nasty, nasty, fc.constantFrom('=' as const, '!=' as const), nasty, (name, property, op, value) => {
        const given = words(createCommand(request([nodes([{ name: property, op, value }])], { name })));
        expect([given.slice(0, 4), given[8], given[10], given[9]]).toEqual([
          ['openstack', 'reservation', 'lease', 'create'],
          '--reservation',
          '--',
          given[9],
        ]);
        expect(given[11]).toBe(name);
        const argument = cut(given[9] ?? '', hostKeys);
        expect(argument).toMatchObject({ resource_type: 'physical:host', min: '1', max: '2' });
        expect(JSON.parse(argument.resource_properties ?? '')).toEqual([op, `$${property}`, value]);
      }),
      { numRuns: 200 },
    );
  });
});

it('the command lines that move its end, and delete it', () => {
  expect(endCommand('l-1', inHours(20))).toBe(`openstack reservation lease update --end-date '2026-11-22 08:00' -- l-1`);
  expect(deleteCommand(`l'; x`)).toBe(`openstack reservation lease delete -- 'l'\\''; x'`);
});

it.each([
  ['abc-1.x:/@%+_', 'abc-1.x:/@%+_'],
  ['', `''`],
  ['-a', `'-a'`],
  ['~', `'~'`],
  ['a b', `'a b'`],
  ['a=b', `'a=b'`],
  [`it's`, `'it'\\''s'`],
  ['$x', `'$x'`],
])('%j is the word %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});
