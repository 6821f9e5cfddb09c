import { describe, expect, test } from 'vitest';
import { providerSchema } from '@/lib/core/config/provider';
import { readClaims } from '../openid/claims';

type Given = { claims?: unknown[]; namespaces?: string[] };
const groupsOf = (groups: Given | undefined, said: object) => {
  const provider = providerSchema.parse({ id: 'p', name: 'P', issuer: 'https://op.test', clientId: 'c', ...(groups ? { groups } : {}) });
  return readClaims(provider, { sub: 's', ...said });
};
const urn = (vo: string, namespace = 'urn:mace:egi.eu') => `${namespace}:group:${vo}:role=member#op.test`;
const member = (vo: string) => ({ vo, subgroups: [], role: 'member' });

describe('memberships as providers say them', () => {
  test.each<[string, Given | undefined, object, object[] | undefined]>([
    [
      'both entitlement claims together',
      undefined,
      { entitlements: [urn('a')], eduperson_entitlement: [urn('b')] },
      [member('a'), member('b')],
    ],
    ['the same in both counts once', undefined, { entitlements: [urn('a')], eduperson_entitlement: [urn('a')] }, [member('a')]],
    ['one that is null beside one that is not', undefined, { entitlements: null, eduperson_entitlement: [urn('b')] }, [member('b')]],
    ['one text in place of a list', undefined, { entitlements: urn('a') }, [member('a')]],
    ['an empty list: in no group', undefined, { entitlements: [] }, []],
    ['an empty text: in no group', undefined, { entitlements: '' }, []],
    ['nothing at all: not known', undefined, {}, undefined],
    ['nothing but nulls: not known', undefined, { entitlements: null, eduperson_entitlement: null }, undefined],
    ['lists with other things in them', undefined, { entitlements: [null, 7, '', urn('a'), {}] }, [member('a')]],
    ['another namespace is not taken', undefined, { entitlements: [urn('a', 'urn:mace:evil.test')] }, []],
    [
      'eduTEAMS',
      { namespaces: ['urn:geant:eduteams.org'] },
      { eduperson_entitlement: [urn('vo', 'urn:geant:eduteams.org')] },
      [member('vo')],
    ],
    [
      'a namespace with parts',
      { namespaces: ['urn:geant:dariah.eu:aai'] },
      { entitlements: [urn('vo', 'urn:geant:dariah.eu:aai')] },
      [member('vo')],
    ],
    [
      'a namespace in other letters',
      { namespaces: ['urn:GEANT:eduteams.org'] },
      { entitlements: [urn('vo', 'urn:geant:eduteams.org')] },
      [member('vo')],
    ],
    ['any namespace, where the operator says so', { namespaces: ['*'] }, { entitlements: [urn('vo', 'urn:x:y:z')] }, [member('vo')]],
    [
      'Keycloak’s groups with paths',
      { claims: [{ claim: 'groups', as: 'path' }] },
      { groups: ['/lab/admins', '/other'] },
      [
        { vo: 'lab', subgroups: ['admins'] },
        { vo: 'other', subgroups: [] },
      ],
    ],
    ['groups by name', { claims: [{ claim: 'groups', as: 'name' }] }, { groups: ['a/b c'] }, [{ vo: 'a/b c', subgroups: [] }]],
    [
      'Keycloak’s roles of a realm',
      { claims: [{ claim: 'realm_access.roles', as: 'role', of: 'realm' }] },
      { realm_access: { roles: ['researcher'] } },
      [{ vo: 'realm', subgroups: [], role: 'researcher' }],
    ],
    [
      'a claim whose name has dots',
      { claims: [{ claim: 'https://op.test/groups', as: 'name' }] },
      { 'https://op.test/groups': ['g'] },
      [{ vo: 'g', subgroups: [] }],
    ],
    [
      'roles of a client whose name has dots',
      { claims: [{ claim: 'resource_access.a.b.roles', as: 'role', of: 'a.b' }] },
      { resource_access: { 'a.b': { roles: ['r'] } } },
      [{ vo: 'a.b', subgroups: [], role: 'r' }],
    ],
    [
      'ACCESS and CILogon: names with colons',
      { claims: [{ claim: 'isMemberOf', as: 'path', separator: ':' }] },
      { isMemberOf: ['CO:COU:physics:members:active'] },
      [{ vo: 'CO', subgroups: ['COU', 'physics', 'members', 'active'] }],
    ],
    [
      'several claims of several kinds',
      { claims: ['entitlements', { claim: 'groups', as: 'path' }] },
      { entitlements: [urn('a')], groups: ['/b'] },
      [member('a'), { vo: 'b', subgroups: [] }],
    ],
    ['a claim of another shape', { claims: [{ claim: 'realm_access.roles', as: 'role' }] }, { realm_access: 'x' }, undefined],
  ])('%s', (_, groups, said, expected) => {
    expect(groupsOf(groups, said)?.groups).toEqual(expected);
  });

  test('the operator learns which namespaces are not read', () => {
    expect(
      groupsOf(undefined, { entitlements: [urn('a'), urn('b', 'urn:geant:x.org'), 'urn:mace:egi.eu:res:rcauth'] })?.unreadNamespaces,
    ).toEqual(['urn:geant:x.org']);
  });
});

describe('who a provider says that a person is', () => {
  test.each<[string, object, { name?: string; email?: string }]>([
    ['all is said', { name: 'Ann', email: 'a@x.org' }, { name: 'Ann', email: 'a@x.org' }],
    ['nulls', { name: null, given_name: null, email: null, preferred_username: null }, {}],
    ['empty texts', { name: '', given_name: ' ', email: '' }, {}],
    ['wrong kinds', { name: 7, email: ['a@x.org'] }, {}],
    ['a name in parts', { name: '', given_name: 'Ann', family_name: 'Bee' }, { name: 'Ann Bee' }],
    ['a user name only', { preferred_username: 'ann' }, { name: 'ann' }],
    ['an address only', { email: 'a@x.org' }, { name: 'a@x.org', email: 'a@x.org' }],
  ])('%s', (_, said, { name, email }) => {
    const claims = groupsOf(undefined, said);
    expect([claims?.subject, claims?.name, claims?.email]).toEqual(['s', name, email]);
  });

  test.each([[{}], [{ sub: '' }], [{ sub: null }], [{ sub: 7 }], [null], ['text']])('%j names nobody', (said) => {
    const provider = providerSchema.parse({ id: 'p', name: 'P', issuer: 'https://op.test', clientId: 'c' });
    expect(readClaims(provider, said)).toBeUndefined();
  });

  test('the subject is `sub`, whatever other identifiers there are', () => {
    expect(groupsOf(undefined, { voperson_id: 'v', preferred_username: 'u' })).toMatchObject({ subject: 's', formerSubject: 'v' });
  });
});
