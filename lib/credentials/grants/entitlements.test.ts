import { describe, expect, test } from 'vitest';
import { groupNamespaces, meetsRequiredGroups, parseEntitlements } from './entitlements';

describe('entitlements that EGI Check-in sends', () => {
  test.each([
    [
      'plain membership',
      'urn:mace:egi.eu:group:vo.access.egi.eu:role=member#aai.egi.eu',
      { vo: 'vo.access.egi.eu', subgroups: [], role: 'member' },
    ],
    [
      'vm_operator as a role',
      'urn:mace:egi.eu:group:vo.access.egi.eu:role=vm_operator#aai.egi.eu',
      { vo: 'vo.access.egi.eu', subgroups: [], role: 'vm_operator' },
    ],
    [
      'vm_operator as a subgroup',
      'urn:mace:egi.eu:group:demo.fedcloud.egi.eu:vm_operator:role=member#aai.egi.eu',
      { vo: 'demo.fedcloud.egi.eu', subgroups: ['vm_operator'], role: 'member' },
    ],
    [
      'free subgroup and role',
      'urn:mace:egi.eu:group:sage.greendealdata.eu:infra-deployments:role=user#aai.egi.eu',
      { vo: 'sage.greendealdata.eu', subgroups: ['infra-deployments'], role: 'user' },
    ],
    ['two subgroups', 'urn:mace:egi.eu:group:vo.lab.eu:a:b:role=member#x', { vo: 'vo.lab.eu', subgroups: ['a', 'b'], role: 'member' }],
    ['no role', 'urn:mace:egi.eu:group:vo.lab.eu#aai.egi.eu', { vo: 'vo.lab.eu', subgroups: [] }],
    ['no authority', 'urn:mace:egi.eu:group:vo.lab.eu:role=member', { vo: 'vo.lab.eu', subgroups: [], role: 'member' }],
    [
      'a stray space',
      'urn:mace:egi.eu: group:vo.imagine-ai.eu:role=member#aai.egi.eu',
      { vo: 'vo.imagine-ai.eu', subgroups: [], role: 'member' },
    ],
    [
      'a VOMS path, encoded',
      'urn:mace:egi.eu:group:%2Fvo.lifewatch.eu%2Fopenbiomap:role=member#x',
      { vo: '/vo.lifewatch.eu/openbiomap', subgroups: [], role: 'member' },
    ],
    ['a broken percent sign', 'urn:mace:egi.eu:group:vo%zz:role=member#x', { vo: 'vo%zz', subgroups: [], role: 'member' }],
  ])('%s', (_, urn, expected) => {
    expect(parseEntitlements([urn])).toEqual([expected]);
  });

  test.each([
    'urn:mace:egi.eu:res:rcauth#aai.egi.eu',
    'urn:mace:egi.eu:goc.egi.eu:100453G0:GRIDOPS-CheckIn:Site+Administrator@egi.eu',
    'urn:mace:egi.eu:aai.egi.eu:vm_operator@fedcloud.egi.eu',
    'urn:mace:example.org:group:vo.lab.eu:role=member#x',
    'urn:mace:egi.eu:group:',
    '',
    `urn:mace:egi.eu:group:${'a'.repeat(100_000)}`,
  ])('what is no membership gives none', (urn) => {
    expect(parseEntitlements([urn])).toEqual([]);
  });

  test('a membership from two authorities counts once', () => {
    expect(
      parseEntitlements(['urn:mace:egi.eu:group:vo.lab.eu:role=member#a', 'urn:mace:egi.eu:group:vo.lab.eu:role=member#b']),
    ).toHaveLength(1);
  });
});

describe('required groups', () => {
  const groups = parseEntitlements([
    'urn:mace:egi.eu:group:vo.lab.eu:admins:role=member#x',
    'urn:mace:egi.eu:group:vo.other.eu:role=vm_operator#x',
  ]);
  test.each([
    [[], true],
    [['vo.lab.eu'], true],
    [['vo.lab.eu:admins'], true],
    [['vo.lab.eu:users'], false],
    [['vo.other.eu::vm_operator'], true],
    [['vo.other.eu::member'], false],
    [['vo.lab.eu::member'], false],
    [['vo.lab.eu:admins::member'], true],
    [['vo.none.eu', 'vo.lab.eu'], true],
    [['vo.none.eu'], false],
  ])('%j lets in: %s', (required, expected) => {
    expect(meetsRequiredGroups(groups, required)).toBe(expected);
  });
});

describe('the form of an entitlement', () => {
  const group = (length: number) => 'urn:mace:egi.eu:group:'.padEnd(length, 'v');
  test.each<[string, string, number]>([
    ['as long as may be', group(1000), 1],
    ['too long', group(1001), 0],
    ['with blanks around it', '  urn:mace:egi.eu:group:vo  ', 1],
  ])('%s', (_, urn, count) => expect(parseEntitlements([urn])).toHaveLength(count));

  test('blanks are no part of a name', () => {
    expect(parseEntitlements([' urn:mace:egi.eu:group:vo '])).toEqual([{ vo: 'vo', subgroups: [] }]);
  });

  test('the namespaces of groups count once, in small letters', () => {
    expect(groupNamespaces(['urn:mace:EGI.eu:group:a', 'urn:mace:egi.eu:group:b', 'urn:geant:x:group:c', 'urn:geant:y:res:d'])).toEqual([
      'urn:mace:egi.eu',
      'urn:geant:x',
    ]);
  });
});
