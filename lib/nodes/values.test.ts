import { describe, expect, it } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { resolveValue, secretsIn, type ValueContext } from './values';

const context: ValueContext = {
  addresses: { a: { private: '10.0.0.4', public: '192.0.2.7' }, b: { private: '10.0.0.5', public: null }, c: { private: '10.0.0.6' } },
  secrets: {
    password: new Secret({ value: 'hunter22' }),
    login: new Secret({ private: 'PRIVATE', public: 'ssh-ed25519 AAAA' }),
    authority: new Secret({ cert: 'CERT\n', key: 'KEY\n', hash: 'sha256:00' }),
  },
  stepOutputs: { a: { port: '8080' } },
};

describe('a value of a plan', () => {
  it('is text where the plan has text', () => {
    expect(resolveValue('x', context)).toEqual({ text: 'x', secret: false });
  });

  it('takes addresses, and empty text for a node without a public one', () => {
    expect(resolveValue({ address: 'private', node: 'a' }, context)).toEqual({ text: '10.0.0.4', secret: false });
    expect(resolveValue({ address: 'public', node: 'b' }, context)).toEqual({ text: '', secret: false });
  });

  it('is not known while an address or a step output is not', () => {
    expect(resolveValue({ address: 'public', node: 'c' }, context)).toBe('not-yet');
    expect(resolveValue({ address: 'private', node: 'unheard-of' }, context)).toBe('not-yet');
    expect(resolveValue({ stepOutput: 'token', node: 'a' }, context)).toBe('not-yet');
    expect(resolveValue({ concat: ['a', { stepOutput: 'port', node: 'b' }] }, context)).toBe('not-yet');
  });

  it('joins and concatenates, and is secret if a part is', () => {
    const url = { concat: ['http://', { address: 'public', node: 'a' } as const, ':', { stepOutput: 'port', node: 'a' }] };
    expect(resolveValue(url, context)).toEqual({ text: 'http://192.0.2.7:8080', secret: false });
    expect(resolveValue({ join: ['a', { concat: ['b', { secret: 'password' }] }], separator: ', ' }, context)).toEqual({
      text: 'a, bhunter22',
      secret: true,
    });
  });

  it('gives parts of secrets, and without a part the whole of it', () => {
    expect(resolveValue({ secret: 'password' }, context)).toEqual({ text: 'hunter22', secret: true });
    expect(resolveValue({ secret: 'login' }, context)).toMatchObject({ text: 'PRIVATE' });
    expect(resolveValue({ secret: 'login', part: 'public' }, context)).toMatchObject({ text: 'ssh-ed25519 AAAA' });
    expect(resolveValue({ secret: 'authority' }, context)).toMatchObject({ text: 'CERT\nKEY\n' });
    expect(resolveValue({ secret: 'authority', part: 'hash' }, context)).toMatchObject({ text: 'sha256:00' });
  });

  it('fails loudly for a secret that was never made, without naming any value', () => {
    expect(() => resolveValue({ secret: 'other' }, context)).toThrow('other');
    expect(() => resolveValue({ secret: 'password', part: 'cert' }, context)).toThrow(/no part cert/);
  });

  it('tells which secrets it needs, each once', () => {
    expect(secretsIn({ concat: [{ secret: 'a' }, { join: ['x', { secret: 'b' }, { secret: 'a' }], separator: ',' }] })).toEqual(['a', 'b']);
    expect(secretsIn('a')).toEqual([]);
  });
});
