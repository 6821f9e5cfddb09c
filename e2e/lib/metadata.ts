import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { agentConfigSchema, agentPath, configFile } from '@/lib/nodes/protocol';

/** A command that prints 200 where whoever runs it can read what the cloud tells a machine of itself, and 000 where nobody answers. */
export const askMetadata = `curl -s -o /dev/null -w '%{http_code}\\n' --noproxy '*' -m 10 http://169.254.169.254/openstack || true`;

/** A command that prints, as root, the user data that the cloud gave a machine, in base64. */
export const readUserData = `sudo curl -s --noproxy '*' -m 10 http://169.254.169.254/openstack/latest/user_data | base64 -w0`;

const shape = z.object({
  ssh_keys: z.object({ ed25519_private: z.string(), ed25519_public: z.string() }),
  write_files: z.array(z.object({ path: z.string(), content: z.string() })),
});

/**
 * Tries all that a machine's user data might open, as somebody who has read it.
 * @param printed by {@link readUserData}
 * @returns the statuses of Transat's answers: to another agent that makes itself known, that fetches the steps, that speaks; and the first host key
 */
export async function tryUserData(printed: string, baseUrl: string): Promise<{ statuses: number[]; hostKey: string }> {
  const text = gunzipSync(Buffer.from(printed.trim(), 'base64')).toString('utf8');
  const { ssh_keys: keys, write_files: files } = shape.parse(parse(text, { version: '1.1' }));
  const config = agentConfigSchema.parse(JSON.parse(files.find(({ path }) => path === configFile)?.content ?? ''));
  const identity = { token: 'ab'.repeat(32), hostKey: keys.ed25519_public };
  const ask = async (method: string, suffix: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${config.admission}`, 'content-type': 'application/json' };
    const answer = await fetch(baseUrl + agentPath(config.nodeId) + suffix, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return answer.status;
  };
  const statuses = [await ask('POST', '/identity', identity), await ask('GET', '/bundle?have=0'), await ask('POST', '', { messages: [] })];
  return { statuses, hostKey: keys.ed25519_public };
}
