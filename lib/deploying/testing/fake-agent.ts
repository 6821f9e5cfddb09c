import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { Secret } from '@/lib/core/secret';
import {
  type AgentConfig,
  type AgentMessage,
  agentConfigSchema,
  type Bundle,
  configFile,
  type Identity,
  type Run,
} from '@/lib/nodes/protocol';
import { generateKeyPair } from '@/lib/nodes/secrets/ssh-key';
import type { Node } from '../ledger/ledger';
import { acceptBatch, readBundle } from '../nodes/agent';
import { isOf } from '../nodes/authenticate';
import { introduce } from '../nodes/introduce';
import type { Ports } from '../ports';

const cloudConfig = z.object({
  ssh_keys: z.object({ ed25519_public: z.string() }),
  write_files: z.array(z.object({ path: z.string(), content: z.string() })),
});

/** The text of a server's user data, as whoever reaches the metadata service reads it. */
export function readUserData(userData: Secret<Buffer>): { text: string; config: AgentConfig; hostKey: string } {
  const text = gunzipSync(userData.reveal()).toString('utf8');
  const document = cloudConfig.parse(parse(text, { version: '1.1' }));
  const file = document.write_files.find(({ path }) => path === configFile);
  return { text, config: agentConfigSchema.parse(JSON.parse(file?.content ?? '')), hostKey: document.ssh_keys.ed25519_public };
}

/** The agent of one server, as far as Transat can tell. */
export class FakeAgent {
  readonly config: AgentConfig;
  /** with which its machine answers by SSH */
  hostKey: string;
  readonly token = new Secret(randomBytes(32).toString('hex'));
  readonly identity: Identity;
  readonly #ports: Ports;

  constructor(ports: Ports, userData: Secret<Buffer>) {
    this.#ports = ports;
    const { config, hostKey } = readUserData(userData);
    this.config = config;
    this.hostKey = hostKey;
    const token = createHash('sha256').update(this.token.reveal()).digest('hex');
    this.identity = { token, hostKey: generateKeyPair().reveal().public };
  }

  /** Whether a node knows the machine that it came with. */
  isOf({ admissions }: Pick<Node, 'admissions'>): boolean {
    return admissions.some(isOf(new Secret(this.config.admission ?? '')));
  }

  async introduce(): Promise<void> {
    await introduce(this.#ports, this.config.nodeId, new Secret(this.config.admission ?? ''), this.identity);
  }

  /** Its steps over HTTPS. */
  async bundle(have = 0): Promise<Bundle | undefined> {
    return (await readBundle(this.#ports, this.config.nodeId, this.token, have))?.reveal();
  }

  /** @returns what is asked of it */
  async say(messages: AgentMessage[]): Promise<Run | undefined> {
    const { run } = await acceptBatch(this.#ports, this.config.nodeId, this.token, { messages });
    return run;
  }
}
