import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Login } from '../records';
import { readPasted } from './pasted';

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

  test('a password of digits stays text, and a domain by its id goes to Keystone by its id', () => {
    const entry = parse(one('      username: ann\n      password: 12345\n      user_domain_id: default\n      project_id: p1\n'));
    expect(entry).toMatchObject({ project: 'p1', kind: 'password' });
    expect(entry.login()).toMatchObject({ user: { name: 'ann', domainId: 'default' } });
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
    expect(() => parse(one('', '    auth_type: v3oidcaccesstoken\n'))).toThrow(/“v3oidcaccesstoken”.*your own sign-in/);
    expect(() => parse(one('', '    auth_type: v3token\n'))).toThrow(/“v3token”.*within hours/);
    expect(() => parse(one('', '    auth_type: http_basic\n'))).toThrow(/“http_basic”/);
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

  test('what is written first is a secure.yaml’s to change, also where it follows as a second document', () => {
    const yaml = `${one('      username: ann\n')}---\nclouds: {lab: {auth: {password: kept}}}\n`;
    expect(secretOf(parse(yaml).login())).toBe('kept');
    const profiles = 'public-clouds: {own: {auth: {auth_url: "https://own.example.org"}}}';
    expect(parse(`clouds: {c: {profile: own, auth: {username: u, password: p}}}\n---\n${profiles}`).authUrl).toBe(
      'https://own.example.org',
    );
  });

  test('a region of several is chosen, with what it sets', () => {
    const yaml = `clouds: {c: {regions: [R1, {name: R2, values: {auth: {project_id: two}}}], auth: {auth_url: "https://k", username: u, password: p}}}`;
    expect(readPasted(yaml).choices).toEqual([
      { cloud: 'c', region: 'R1' },
      { cloud: 'c', region: 'R2' },
    ]);
    expect(readPasted(yaml).entry('c', 'R2')).toMatchObject({ region: 'R2', project: 'two' });
    expect(readPasted(yaml).entry('c')).toMatchObject({ region: 'R1', project: undefined });
    expect(() => readPasted(yaml).entry('c', 'R3')).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path: 'region' })] }),
    );
  });

  test.each([
    ['    verify: false\n', 'verify', 'verify'],
    ['    insecure: yes\n', 'verify', 'insecure'],
    ['    cacert: /etc/ca.pem\n', 'cacert', 'cacert'],
    ['    cert: /home/me/c.pem\n', 'clientCert', 'cert'],
    ['    interface: internal\n', 'interface', 'interface'],
    ['    endpoint_type: adminURL\n', 'interface', 'endpoint_type'],
    ['    identity_api_version: 2\n', 'versions', 'identity_api_version'],
    ['    volume_api_version: 3\n', 'versions', 'volume_api_version'],
    ['    networks: [{name: x}]\n', 'network', 'networks'],
    ['    external_network: x\n', 'network', 'external_network'],
    ['    compute_endpoint_override: "https://x"\n', 'endpoint', 'compute_endpoint_override'],
    ['    api_timeout: 30\n', 'tool', 'api_timeout'],
    ['    system_scope: all\n', 'scope', 'system_scope'],
    ['    domain_id: d\n', 'scope', 'domain_id'],
    ['    project_domain_id: d\n', 'projectDomain', 'project_domain_id'],
    ['    token: t\n', 'login', 'token'],
    ['    profile: nowhere\n', 'profile', 'profile'],
    ['    profile: "https://vendor.example.org"\n', 'profileAddress', 'profile'],
    ['    region_name:\n', undefined, ''],
    ['    project_name: ""\n', 'empty', 'project_name'],
    ['    tenant_name: a\n    project_name: b\n', 'twice', 'project_name'],
    ['    OS_PROJECT_NAME: x\n', 'prefixed', 'OS_PROJECT_NAME'],
    ['    colour: blue\n', 'unknown', 'colour'],
    ['    interface: public\n    identity_api_version: 3\n    verify: true\n', undefined, ''],
  ])('%j: what is not used is said, with why', (more, key, name) => {
    const auth = '      username: ann\n      password: p\n      user_domain_name: D\n';
    const said = parse(one(auth, more)).remarks;
    expect(said).toEqual(key === undefined ? [] : [expect.objectContaining({ key, params: expect.objectContaining({ name }) })]);
  });

  test.each([
    ['      OS_USERNAME: ann\n      password: p\n      user_domain_name: D\n', 'prefixed'],
    ['      username: ann\n      password: p\n      user_domain_name: D\n      region_name: R\n', 'misplaced'],
    ['      username: ann\n      password: p\n', 'defaultDomain'],
    [`      username: ann\n      password: \${OS_PASSWORD}\n      user_domain_name: D\n`, 'variable'],
    ['      username: ann\n      password: 0777\n      user_domain_name: D\n', 'otherText'],
    ['      username: ann\n      password: 1e3\n      user_domain_name: D\n', undefined],
    ['      user_id: u1\n      username: ann\n      password: p\n', 'login'],
    ['      application_credential_id: a\n      application_credential_secret: s\n', 'authTypeMissing'],
  ])('%j in auth: what the openstack command takes otherwise is said', (auth, key) => {
    expect(parse(one(auth)).remarks.map((each) => each.key)).toEqual(key === undefined ? [] : [key]);
  });

  test.each([
    ['clouds:\n  a:\n    auth: {password: “p”}', 'Line 3, column 22: “'],
    ['clouds:\n  a:\n    auth:\n      password: ‘p’', 'Line 4, column 17: ‘'],
    ['clouds:\n  a:\n    auth:\n      password: p\u00a0', 'Line 4, column 18'],
  ])('%j: what a word processor put there is named by line and column', (yaml, where) => {
    expect(() => readPasted(yaml).entry()).toThrow(expect.objectContaining({ detail: expect.stringContaining(where) }));
  });

  test('sections that are about the command itself, and documents without clouds, are said of the file', () => {
    const yaml = `cache: {expiration_time: 1}\n${one('      username: u\n')}---\nnotes: x\n`;
    expect(readPasted(yaml).remarks.map(({ key, params }) => [key, params.name])).toEqual([
      ['section', 'cache'],
      ['document', undefined],
      ['section', 'notes'],
    ]);
  });
});
