import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { readPasted } from './pasted';

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
    expect(pasted).toMatchObject({ format: 'openrc', names: ['openrc'] });
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
    ['echo $(touch /tmp/canary)', 'command'],
    ['export OS_USERNAME=x; touch /tmp/canary', 'command'],
    ['export OS_USERNAME=x && touch /tmp/canary', 'goes on'],
    ['export OS_USERNAME=x>canary', 'command'],
    ['echo x > /tmp/canary', 'not understood'],
    ['source /tmp/canary', 'not understood'],
    ['touch /tmp/canary', 'not understood'],
    ['if [ -z "$X" ]; then touch canary; fi', 'not understood'],
    ['export OS_USERNAME="canary', 'not closed'],
    ['export OS_USERNAME=$CANARY', 'does not set'],
    [`export OS_USERNAME=\${X:-canary}`, 'not understood'],
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
    expect(JSON.stringify(problem)).not.toMatch(/canary/i);
  });

  test('a way of signing in that can’t be kept is named', () => {
    const text = 'export OS_AUTH_URL=https://k/v3\nexport OS_AUTH_TYPE=v3oidcpassword\nexport OS_USERNAME=x';
    expect(() => readPasted(text).entry()).toThrow(/“v3oidcpassword”/);
  });
});
