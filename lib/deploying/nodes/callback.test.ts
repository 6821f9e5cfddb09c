import { expect, test } from 'vitest';
import { callbackFor } from './callback';

const sandbox = { url: 'http://localhost:3000', callbackUrl: 'http://127.0.0.1:3000', sandbox: true, sandboxUrl: 'http://localhost:3100' };
const real = { ...sandbox, sandbox: false };
/** A product that shows the sandbox beside real sites. */
const both = { ...sandbox, callbackUrl: 'https://transat.example.org', sandboxCallbackUrl: 'http://127.0.0.1:3000' };
const open = { ...sandbox, url: 'https://transat.example.org', callbackUrl: 'https://transat.example.org' };

test.each([
  ['the sandbox’s own site', sandbox, { sandbox: true, authUrl: 'http://localhost:3100/europe/v3' }, 'http://127.0.0.1:3000'],
  ['a site of one’s own in the sandbox', sandbox, { authUrl: 'http://localhost:3100/america/v3' }, 'http://127.0.0.1:3000'],
  ['the same by another name of this machine', sandbox, { authUrl: 'http://127.0.0.1:3100/america/v3' }, 'http://127.0.0.1:3000'],
  ['another service of this machine', sandbox, { authUrl: 'http://localhost:5000/v3' }, null],
  ['another machine’s same port', sandbox, { authUrl: 'http://10.0.0.1:3100/v3' }, null],
  ['a real site', sandbox, { authUrl: 'https://keystone.example.org:5000/v3' }, null],
  ['the sandbox’s address where there is no sandbox', real, { authUrl: 'http://localhost:3100/america/v3' }, null],
  ['a real site of a dashboard that the world can reach', open, { authUrl: 'https://keystone.example.org/v3' }, open.callbackUrl],
  ['a real site, beside the sandbox', both, { authUrl: 'https://keystone.example.org/v3' }, 'https://transat.example.org'],
  [
    'the sandbox, of a product that the world can reach',
    both,
    { sandbox: true, authUrl: 'http://localhost:3100/europe/v3' },
    'http://127.0.0.1:3000',
  ],
  ['a site that is gone', open, undefined, open.callbackUrl],
  ['a site that is gone, of a dashboard on a laptop', sandbox, undefined, null],
] as const)('nodes of %s', (_name, config, site, url) => {
  expect(callbackFor(config, site)).toBe(url);
});
