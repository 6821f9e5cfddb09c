import { expect, test } from 'vitest';
import { isLoginName } from './login-name';

test.each([
  ['debian', true],
  ['cloud-user', true],
  ['_apt', true],
  ['x'.repeat(32), true],
  ['x'.repeat(33), false],
  ['Root', false],
  ['-oProxyCommand=reboot', false],
  ['root;reboot', false],
  ['root\nruncmd', false],
  ['$(reboot)', false],
  ['a b', false],
  ['', false],
])('%j as a login: %s', (text, is) => {
  expect(isLoginName(text)).toBe(is);
});
