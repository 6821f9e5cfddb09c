import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { readPasted } from './pasted';
import type { Login } from './records';

const parse = (yaml: string, cloud?: string, secure?: string) => readPasted(yaml, secure, 'yaml').entry(cloud);
const secretOf = (login: Login) => (login.kind === 'password' ? login.password : login.secret).reveal();
const one = (auth: string, more = '') => `clouds:\n  lab:\n${more}    auth:\n      auth_url: https://keystone.example.org:5000/v3\n${auth}`;

describe('a pasted clouds.yaml', () => {
  test('an application credential by id', () => {
    const yaml = one('      application_credential_id: "0123"\n      application_credential_secret: s3cret\n', '    region_name: R1\n');
    const entry = parse(yaml);
    expect(entry).toMatchObject({ cloud: 'lab', region: 'R1', kind: 'applicationCredential', needs: null });
    expect(entry.login()).toMatchObject({ kind: 'applicationCredential', id: '0123' });
    expect(secretOf(entry.login())).toBe('s3cret');
  });

  test('a password of digits stays text, and a domain id of default is Default', () => {
    const entry = parse(one('      username: ann\n      password: 12345\n      user_domain_id: default\n      project_id: p1\n'));
    expect(entry).toMatchObject({ project: 'p1', kind: 'password' });
    expect(entry.login()).toMatchObject({ user: { name: 'ann', domain: 'Default' } });
    expect(secretOf(entry.login())).toBe('12345');
  });

  test('of several clouds the named one', () => {
    const yaml =
      'clouds:\n  a: {auth: {auth_url: "http://a", username: u, password: p}}\n  b: {auth: {auth_url: "http://b", username: u, password: p}}\n';
    expect(parse(yaml, 'b').authUrl).toBe('http://b');
    expect(() => parse(yaml)).toThrow(/2 clouds/);
    expect(() => parse(yaml, 'c')).toThrow(/a, b/);
  });

  test('what it lacks is asked for, or comes from a secure.yaml', () => {
    const yaml = one('      username: ann\n');
    const entry = parse(yaml);
    expect(entry.needs).toBe('password');
    expect(secretOf(entry.login(new Secret('typed')))).toBe('typed');
    const secured = parse(yaml, undefined, 'clouds: {lab: {auth: {password: kept}}, other: {auth: {password: x}}}');
    expect(secured.needs).toBeNull();
    expect(secretOf(secured.login())).toBe('kept');
  });

  test('a way of signing in that can’t be kept is named', () => {
    expect(() => parse(one('', '    auth_type: v3oidcaccesstoken\n'))).toThrow(/“v3oidcaccesstoken”/);
  });

  test.each([
    ['not YAML', 'clouds: [canary-secret', 'yaml'],
    ['a list', '- canary-secret', 'yaml'],
    ['empty', '', 'yaml'],
    ['no secret', one('      username: ann\n'), 'secret'],
    ['a way of signing in that can’t be kept', one('      username: canary-secret\n', '    auth_type: v3oidcpassword\n'), 'yaml'],
    ['a credential without its id', one('      application_credential_secret: canary-secret\n'), 'yaml'],
    ['no auth_url', 'clouds:\n  lab:\n    auth: {username: u, password: canary-secret}\n', 'yaml'],
    ['auth is text', 'clouds:\n  lab:\n    auth: canary-secret\n', 'yaml'],
    ['an object as password', one('      username: ann\n      password: {canary-secret: 1}\n'), 'yaml'],
    ['a prototype’s name', one('      username: u\n      password: canary-secret\n'), 'cloud', 'constructor'],
    [
      'aliases without end',
      `a: &a [canary-secret]\n${'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`)}]`)
        .join('\n')}\nclouds: {x: *h}`,
      'yaml',
    ],
  ])('%s is refused, naming the field and quoting nothing', (_, yaml, field, cloud?: string) => {
    const problem = (() => {
      try {
        return parse(yaml, cloud).login();
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(AppError);
    expect(problem).toMatchObject({ code: 'invalid-input', fields: [{ path: field }] });
    expect(JSON.stringify(problem)).not.toContain('canary-secret');
  });
});
