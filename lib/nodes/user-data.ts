import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { z } from 'zod';
import { isLoginName } from '@/lib/core/login-name';
import { Secret } from '@/lib/core/secret';
import { buildAgentConfig, type NodeSettings } from './agent-config';
import { agentFiles } from './agent-files';
import { type AgentConfig, agentDirectory, configFile } from './protocol';
import type { KeyPair } from './secrets/ssh-key';
import type { PlannedNode } from './types';

/** Nova takes 65535 characters of base64 (API reference, "Create server", user_data), which are so many bytes. */
export const userDataLimit = Math.floor(65_535 / 4) * 3;

export interface UserDataOptions {
  config: Secret<AgentConfig>;
  /** the host key of the first minutes: SSH knows its public half before the machine exists, and the agent replaces it */
  hostKey: Secret<KeyPair>;
  /** lines as in authorized_keys, for the login user */
  authorizedKeys: string[];
  /** the image's user with sudo, such as `debian`, `ubuntu` or `cc` */
  loginUser: string;
}

const notAscii = /[^\x20-\x7e]/g;
const lineOfKey = z.string().regex(/^(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*(?: [^\p{Cc}]*)?$/u);
const userName = z.string().refine(isLoginName);

/**
 * The machine's user data: a gzipped `#cloud-config` (cloud-init docs, "User data formats") that sets the host name and the
 * host key, admits the given keys, writes the agent with its configuration, and starts it. Every entry of `write_files` has its
 * content as plain text; the one at {@link configFile} is the {@link AgentConfig} as JSON.
 * @returns the bytes to be sent as base64; they may be more than {@link userDataLimit}
 * @throws ZodError for a user name or key that is none
 */
export function renderUserData(options: UserDataOptions): Secret<Buffer> {
  const config = options.config.reveal();
  const hostKey = options.hostKey.reveal();
  const keys = options.authorizedKeys.map((key) => lineOfKey.parse(key.trim()).replace(notAscii, '?'));
  const document = {
    hostname: config.hostname,
    preserve_hostname: false,
    prefer_fqdn_over_hostname: false,
    user: { name: userName.parse(options.loginUser) },
    ssh_authorized_keys: keys,
    ssh_deletekeys: true,
    ssh_keys: { ed25519_private: hostKey.private, ed25519_public: hostKey.public },
    runcmd: [
      ['chmod', '0700', agentDirectory],
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', 'transat-agent.service'],
      // Not waited for: the agent itself waits for cloud-init's package locks, and reports from its first second on.
      ['systemctl', 'start', '--no-block', 'transat-agent.service'],
    ],
  };
  const own = filesAsYaml([{ path: configFile, content: ascii(JSON.stringify(config)), permissions: '0600' }]);
  return new Secret(gzipSync(`#cloud-config\n${asYaml(document)}write_files:\n${sameFiles()}${own}`));
}

// cloud-init reads YAML 1.1; quoting every text leaves nothing to its rules for `no`, `0600` or `1:30`.
function asYaml(value: unknown): string {
  return stringify(value, {
    version: '1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    lineWidth: 0,
  });
}

const filesAsYaml = (files: ReturnType<typeof agentFiles>) => asYaml(files.map((file) => ({ ...file, owner: 'root:root' })));

let same: string | undefined;
/** What every machine is sent out with, written once: of fifty machines it would keep whoever reads meanwhile waiting. */
function sameFiles(): string {
  same ??= filesAsYaml(agentFiles());
  return same;
}

/**
 * User data for a planned node. It lasts nowhere: its token is good once, and the agent replaces the host key when that is done.
 * @throws Error if it does not fit, which no plan can bring about
 */
export function prepareNode(
  node: PlannedNode,
  settings: NodeSettings,
  access: { admission: Secret; hostKey: Secret<KeyPair>; authorizedKeys: string[] },
): Secret<Buffer> {
  const config = buildAgentConfig(node, settings, access.admission);
  const userData = renderUserData({ config, loginUser: node.loginUser, ...access });
  if (userData.reveal().length > userDataLimit) throw new Error(`The user data of ${node.key} is larger than Nova takes.`);
  return userData;
}

// JSON may write any character as an escape; cloud-init's YAML reader refuses or changes some that are not ASCII.
function ascii(json: string): string {
  return json.replace(notAscii, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
