import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { parseCloudsYaml } from './clouds-yaml';

const one = (auth: string, more = '') => `clouds:\n  lab:\n${more}    auth:\n      auth_url: https://keystone.example.org:5000/v3\n${auth}`;

describe('a pasted clouds.yaml', () => {
  test('an application credential by id', () => {
    const yaml = one('      application_credential_id: "0123"\n      application_credential_secret: s3cret\n', '    region_name: R1\n');
    const entry = parseCloudsYaml(yaml);
    expect(entry).toMatchObject({ cloud: 'lab', region: 'R1', login: { kind: 'applicationCredential', id: '0123' } });
    expect(entry.login.secret.reveal()).toBe('s3cret');
  });

  test('a password of digits stays text, and a domain id of default is Default', () => {
    const entry = parseCloudsYaml(one('      username: ann\n      password: 12345\n      user_domain_id: default\n      project_id: p1\n'));
    expect(entry).toMatchObject({ project: 'p1', login: { kind: 'password', user: { name: 'ann', domain: 'Default' } } });
    expect(entry.login.secret.reveal()).toBe('12345');
  });

  test('of several clouds the named one', () => {
    const yaml =
      'clouds:\n  a: {auth: {auth_url: "http://a", username: u, password: p}}\n  b: {auth: {auth_url: "http://b", username: u, password: p}}\n';
    expect(parseCloudsYaml(yaml, 'b').authUrl).toBe('http://b');
    expect(() => parseCloudsYaml(yaml)).toThrow(/2 clouds/);
    expect(() => parseCloudsYaml(yaml, 'c')).toThrow(/a, b/);
  });

  test.each([
    ['not YAML', 'clouds: [canary-secret', 'yaml'],
    ['a list', '- canary-secret', 'yaml'],
    ['empty', '', 'yaml'],
    ['no secret', one('      username: ann\n'), 'yaml'],
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
        return parseCloudsYaml(yaml, cloud);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(AppError);
    expect(problem).toMatchObject({ code: 'invalid-input', fields: [{ path: field }] });
    expect(JSON.stringify(problem)).not.toContain('canary-secret');
  });
});
