import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { readPasted } from './pasted';
import { samplesOf } from './testing/samples';

// as Horizon gives it out (openstack_dashboard, openrc.sh.template)
const horizon = `#!/usr/bin/env bash
# To use an OpenStack cloud you need to authenticate against the Identity service named keystone.
export OS_AUTH_URL=https://keystone.example.org:5000/v3/
# With the addition of Keystone we have standardized on the term **project**
export OS_PROJECT_ID=0f2c
export OS_PROJECT_NAME="my project"
export OS_USER_DOMAIN_NAME="Default"
if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
export OS_PROJECT_DOMAIN_ID="default"
if [ -z "$OS_PROJECT_DOMAIN_ID" ]; then unset OS_PROJECT_DOMAIN_ID; fi
# unset v2.0 items in case set
unset OS_TENANT_ID
unset OS_TENANT_NAME
export OS_USERNAME="ann"
# With Keystone you pass the keystone password.
echo "Please enter your OpenStack Password for project $OS_PROJECT_NAME as user $OS_USERNAME: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_REGION_NAME="R1"
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
export OS_INTERFACE=public
export OS_IDENTITY_API_VERSION=3
`;
const credential = `export OS_AUTH_TYPE=v3applicationcredential
export OS_AUTH_URL=https://keystone.example.org:5000/v3
export OS_APPLICATION_CREDENTIAL_ID=abc123
export OS_APPLICATION_CREDENTIAL_SECRET='a$(b)"c'
`;
const with_ = (line: string) => `${credential}${line}\n`;

describe('a pasted openrc file', () => {
  test('of a project asks for the password that it would prompt for', () => {
    const pasted = readPasted(horizon);
    expect(pasted).toMatchObject({ format: 'openrc', dialect: 'shell', choices: [{ cloud: 'openrc' }] });
    const entry = pasted.entry();
    expect(entry).toMatchObject({ authUrl: 'https://keystone.example.org:5000/v3/', region: 'R1', project: '0f2c', needs: 'password' });
    const login = entry.login(new Secret('typed'));
    expect(login).toMatchObject({ kind: 'password', user: { name: 'ann', domain: 'Default' } });
    expect(() => entry.login()).toThrow(/no password/);
  });

  test('of an application credential has all; single quotes keep what is in them', () => {
    const login = readPasted(credential).entry().login();
    expect(login.kind === 'applicationCredential' && login.secret.reveal()).toBe('a$(b)"c');
  });

  test.each([
    ['export OS_USERNAME=a\\ b', 'a b'],
    ['OS_USERNAME="a \\"b\\" \\$c"', 'a "b" $c'],
    ['export OS_USERNAME=\'a\'"b"c # the name', 'abc'],
    [`NAME=ann\nexport OS_USERNAME=\${NAME}@x`, 'ann@x'],
    ['export OS_USERNAME=ann\r', 'ann'],
  ])('%s is read as a shell would', (lines, username) => {
    const entry = readPasted(`export OS_AUTH_URL=https://k/v3\n${lines}\nexport OS_PASSWORD=p`).entry();
    expect(entry.login()).toMatchObject({ user: { name: username } });
  });

  test.each([
    ['export OS_USERNAME=$(touch /tmp/canary)', 'command'],
    ['export OS_USERNAME="x$(touch /tmp/canary)"', 'command'],
    ['export OS_USERNAME=`touch /tmp/canary`', 'command'],
    ['export OS_USERNAME="`touch /tmp/canary`"', 'command'],
    ['export OS_USERNAME=<(touch /tmp/canary)', 'command'],
    ['export OS_USERNAME=$((canary))', 'command'],
    ['X=$(touch /tmp/canary) OS_USERNAME=$X', 'would run'],
    ['if touch canary; then OS_USERNAME=x; fi', 'is not known'],
    ['touch /tmp/canary && OS_USERNAME=x', 'is not known'],
    ['read -r OS_USERNAME', 'asks for OS_USERNAME'],
    ['export OS_USERNAME="canary', 'not closed'],
    ['export OS_USERNAME=$CANARY', 'does not set'],
    [`export OS_USERNAME=\${CANARY:?canary}`, 'does not set'],
    ['export OS_USERNAME=“canary”', 'column 20: “'],
    ['export OS_USERNAME="canary”', 'column 27: ”'],
    ['export OS_USERNAME=‘canary', 'column 20: ‘'],
    ['export\u00a0OS_USERNAME=canary', 'column 7'],
    ['if [ -n "$canary" ]; then', 'not ended'],
    ['fi', 'not understood'],
  ])('%s is refused, naming the line and quoting nothing', (line, why) => {
    const problem = (() => {
      try {
        return readPasted(with_(line));
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(AppError);
    expect(problem).toMatchObject({ code: 'invalid-input', detail: expect.stringContaining(why), fields: [{ path: 'text' }] });
    expect(problem).toMatchObject({ detail: expect.stringContaining('Line 5') });
    expect(JSON.stringify(problem).replaceAll('/tmp/canary', '')).not.toMatch(/canary/i);
  });

  test.each([
    'touch /tmp/canary',
    'echo $(touch /tmp/canary)',
    'echo x > /tmp/canary',
    'source /tmp/canary',
    'export OS_CACERT=x; touch /tmp/canary',
    'while true; do touch /tmp/canary; done',
    '(touch /tmp/canary)',
    'f() { touch /tmp/canary; }; f',
    'eval "touch /tmp/canary"',
  ])('%s is not run, and that is said', (line) => {
    const entry = readPasted(with_(line)).entry();
    expect(entry.remarks).toContainEqual({ key: 'notRun', params: { lines: '5' } });
    expect(existsSync('/tmp/canary')).toBe(false);
  });

  test('of an application credential’s file nothing is left over to be said', () => {
    expect(readPasted(credential).entry().remarks).toEqual([]);
  });

  test('what it has beside is said: variables that others are not made of, and what is not used of OpenStack’s', () => {
    const more =
      'EDITOR=vi\nHOST=x\nexport OS_CACERT=/$HOST OS_INTERFACE=internal OS_VOLUME_API_VERSION=3 OS_COLOUR=blue OS_CACERT_2=$(date)\n';
    expect(
      readPasted(credential + more)
        .entry()
        .remarks.map(({ key, params }) => [key, params.name]),
    ).toEqual([
      ['foreign', 'EDITOR'],
      ['leftOpen', 'OS_CACERT_2'],
      ['cacert', 'OS_CACERT'],
      ['interface', 'OS_INTERFACE'],
      ['versions', 'OS_VOLUME_API_VERSION'],
      ['unknown', 'OS_COLOUR'],
    ]);
  });

  test('a way of signing in that can’t be kept is named', () => {
    const text = 'export OS_AUTH_URL=https://k/v3\nexport OS_AUTH_TYPE=v3oidcpassword\nexport OS_USERNAME=x';
    expect(() => readPasted(text).entry()).toThrow(/“v3oidcpassword”/);
  });
});

// what the shells themselves make of these files (PowerShell 7, cmd of Windows 11, fish 3.6)
test.each([
  ['powershell/plain.ps1', { username: 'ann', domain: 'Default', password: 'p$w"q', project: 'my project' }],
  ['powershell/asked.ps1', { username: 'ann', domain: 'Default', needs: 'password', project: 'of ann', region: 'R1' }],
  ['powershell/typographic.ps1', { username: 'ann', domain: 'Default', password: "it's", project: '1' }],
  ['cmd/plain.cmd', { username: 'ann', domain: 'Default', password: 'p & q', project: 'my project' }],
  ['cmd/asked.bat', { username: 'ann&co', domain: 'Default', needs: 'password', project: '1' }],
  ['fish/plain.fish', { username: "ann's", domain: 'Default', password: 'p $w', project: 'my project', region: 'R1' }],
  ['fish/asked.fish', { username: 'ann', domain: 'Default', needs: 'password', project: '1' }],
])(
  '%s is read as its shell reads it',
  (name, { username, domain, password, needs, project, region }: Record<string, string | undefined>) => {
    const sample = samplesOf('.ps1', '.cmd', '.bat', '.fish').find((each) => each.name === name);
    const entry = readPasted(sample?.text ?? '').entry();
    expect(entry).toMatchObject({ authUrl: 'https://keystone.example.org:5000/v3', needs: needs ?? null, project });
    expect(entry.region).toBe(region);
    const login = entry.login(new Secret('typed'));
    expect(login).toMatchObject({ kind: 'password', user: { name: username, domain } });
    expect(login.kind === 'password' && login.password.reveal()).toBe(password ?? 'typed');
  },
);

test.each([
  ['$env:OS_USERNAME = $(canary)', 'command'],
  ['$env:OS_USERNAME = "a$(canary)"', 'command'],
  ['$env:OS_USERNAME = Get-Content canary', 'command'],
  ['$env:OS_USERNAME = $canary', 'does not set'],
  ['$env:OS_USERNAME = "canary', 'not closed'],
])('PowerShell: %s is refused, naming the line', (line, why) => {
  const text = `$env:OS_AUTH_URL = "https://k/v3"\n${line}\n$env:OS_PASSWORD = 'p'`;
  expect(() => readPasted(text).entry()).toThrow(
    expect.objectContaining({ detail: expect.stringMatching(new RegExp(`^Line 2 .*${why}`)) }),
  );
});

test.each([
  ['set -gx OS_USERNAME (canary)', 'command'],
  ['set -gx OS_USERNAME "a$(canary)"', 'command'],
  ['set -gx OS_USERNAME $canary', 'does not set'],
  ['if true; set -gx OS_USERNAME canary; end', 'is not known'],
  ['set -gx OS_USERNAME “canary”', 'column 21'],
  ["set -gx OS_USERNAME 'canary", 'not closed'],
])('fish: %s is refused, naming the line', (line, why) => {
  const text = `set -gx OS_AUTH_URL https://k/v3\n${line}\nset -gx OS_PASSWORD p`;
  expect(() => readPasted(text).entry()).toThrow(expect.objectContaining({ detail: expect.stringMatching(new RegExp(`^Line 2.*${why}`)) }));
});

test('cmd: a curly quote is refused by line and column, and a further command is said', () => {
  expect(() => readPasted('set OS_AUTH_URL=https://k\nset OS_USERNAME=“ann”').entry()).toThrow(/Line 2, column 17: “/);
});
