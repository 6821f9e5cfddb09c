import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Secret } from '@/lib/core/secret';
import { buildAgentConfig } from './agent-config';
import { aContext, aNode, aStep } from './fixtures';
import { agentConfigSchema, configFile } from './protocol';
import { generateKeyPair } from './secrets/ssh-key';
import { prepareNode, renderUserData, userDataLimit } from './user-data';

const admission = new Secret('once');
const hostKey = generateKeyPair();
const key = generateKeyPair().reveal().public;
const cloudConfig = z.object({
  hostname: z.string(),
  user: z.object({ name: z.string() }),
  ssh_authorized_keys: z.array(z.string()),
  ssh_keys: z.object({ ed25519_private: z.string(), ed25519_public: z.string() }),
  write_files: z.array(z.object({ path: z.string(), content: z.string(), permissions: z.string(), owner: z.string() })),
  runcmd: z.array(z.array(z.string())),
});

function read(userData: Secret<Buffer>) {
  const text = gunzipSync(userData.reveal()).toString('utf8');
  expect(text.startsWith('#cloud-config\n')).toBe(true);
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  return cloudConfig.parse(parse(text, { version: '1.1' }));
}
const configIn = (userData: Secret<Buffer>) =>
  agentConfigSchema.parse(JSON.parse(read(userData).write_files.find((file) => file.path === configFile)?.content ?? ''));

describe('user data', () => {
  it('sets host name and host key, admits the keys, and brings the agent with its configuration', () => {
    const config = buildAgentConfig(aNode(), aContext(), admission);
    const userData = renderUserData({ config, hostKey, authorizedKeys: [`${key} me@home`], loginUser: 'debian' });
    const cloud = read(userData);
    expect(cloud).toMatchObject({ hostname: 'web', user: { name: 'debian' }, ssh_authorized_keys: [`${key} me@home`] });
    expect(cloud.ssh_keys).toEqual({ ed25519_private: hostKey.reveal().private, ed25519_public: hostKey.reveal().public });
    expect(cloud.write_files.map((file) => file.path)).toEqual(
      expect.arrayContaining([
        '/var/lib/transat/agent/__main__.py',
        '/var/lib/transat/functions.sh',
        '/etc/systemd/system/transat-agent.service',
      ]),
    );
    expect(cloud.write_files.find((file) => file.path === configFile)).toMatchObject({ permissions: '0600', owner: 'root:root' });
    expect(configIn(userData)).toEqual(agentConfigSchema.parse(JSON.parse(JSON.stringify(config.reveal()))));
  });

  it.each([
    ['YAML', '"\n- [x]\n#cloud-config\nruncmd: [reboot]\n\'&*!|>%@`'],
    ['line separators', 'a\u0085b\u2028c\u2029d\ufeffe\u0000f\u007f'],
    ['characters beyond the basic plane', '🛶 ñ 𝒳 \ud800'],
    ['words of YAML 1.1', 'no'],
    ['times of YAML 1.1', '1:30'],
  ])('keeps hostile values as they are: %s', (_, value) => {
    const config = buildAgentConfig(
      aNode({ mounts: [{ volume: 'disk', path: value }] }),
      aContext({ volumes: { disk: 'f00d' } }),
      admission,
    );
    expect(configIn(renderUserData({ config, hostKey, authorizedKeys: [], loginUser: 'debian' })).mounts[0]?.path).toBe(value);
  });

  it.each(['root\nruncmd', 'Root', '', '-x', 'a b', 'x'.repeat(33)])('refuses a login user that is none: %j', (loginUser) => {
    const config = buildAgentConfig(aNode(), aContext(), admission);
    expect(() => renderUserData({ config, hostKey, authorizedKeys: [], loginUser })).toThrow();
  });

  it.each([`${key}\nssh-ed25519 AAAA`, 'command="reboot" ssh-ed25519 AAAA', 'ssh-ed25519', 'ssh-ed25519 A\u0000'])(
    'refuses a key that is none: %j',
    (bad) => {
      const config = buildAgentConfig(aNode(), aContext(), admission);
      expect(() => renderUserData({ config, hostKey, authorizedKeys: [bad], loginUser: 'debian' })).toThrow();
    },
  );

  it('is well under the limit of Nova, however long the steps are', () => {
    const node = aNode({ steps: [aStep({ script: 'x'.repeat(1_000_000) })] });
    expect(prepareNode(node, aContext(), { admission, hostKey, authorizedKeys: [key] }).reveal().length).toBeLessThan(userDataLimit / 2);
  });

  it('shows nothing of itself', () => {
    expect(JSON.stringify(prepareNode(aNode(), aContext(), { admission, hostKey, authorizedKeys: [key] }))).toBe('"***"');
  });
});
