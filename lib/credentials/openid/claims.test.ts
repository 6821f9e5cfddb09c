import { describe, expect, test } from 'vitest';
import { readClaims } from './claims';

describe('what a provider says of a person', () => {
  const groups = { claims: [], namespaces: [] };
  const nameOf = (said: object) => readClaims({ groups }, { sub: 's', ...said })?.name;

  test.each<[object, string | undefined]>([
    [{ name: 'A B', given_name: 'C' }, 'A B'],
    [{ given_name: 'A', family_name: 'B', nickname: 'C' }, 'A B'],
    [{ family_name: 'B' }, 'B'],
    [{ preferred_username: 'u', nickname: 'n', email: 'e' }, 'u'],
    [{ nickname: 'n', email: 'e' }, 'n'],
    [{ email: 'e' }, 'e'],
    [{ name: '  ', nickname: 'n' }, 'n'],
    [{ name: null, nickname: 7 }, undefined],
    [{}, undefined],
  ])('%j: the name is %s', (said, name) => expect(nameOf(said)).toBe(name));

  test('is cut to what fits, and is nothing without a subject', () => {
    const read = readClaims({ groups }, { sub: 's', voperson_id: 'v', name: 'n'.repeat(500), email: 'e'.repeat(500) });
    expect([read?.subject, read?.formerSubject, read?.name?.length, read?.email?.length]).toEqual(['s', 'v', 200, 320]);
    for (const said of [{}, { sub: '' }, { sub: 7 }, null, 'text']) expect(readClaims({ groups }, said)).toBeUndefined();
  });
});
