import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { type AgentConfig, agentConfigSchema, configFile } from '@/lib/nodes/protocol';

const cloudConfig = z.object({
  write_files: z.array(z.object({ path: z.string(), content: z.string().default(''), encoding: z.string().optional() })).default([]),
});
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * What cloud-init would make of a server's user data: the agent's configuration among the files it writes.
 * @param userData base64, as Nova got it
 * @returns null where there is none, or none that an agent could start from
 */
export function readAgentConfig(userData: string | null): AgentConfig | null {
  if (!userData) return null;
  try {
    const text = unzipped(Buffer.from(userData, 'base64')).toString('utf8');
    if (!text.startsWith('#cloud-config')) return null;
    const document: unknown = parse(text, { version: '1.1' });
    const file = cloudConfig.parse(document).write_files.find((one) => one.path === configFile);
    if (!file) return null;
    return agentConfigSchema.parse(JSON.parse(contentOf(file.content, file.encoding)));
  } catch {
    return null;
  }
}

/** The content of a `write_files` entry, by the encodings that cloud-init knows. */
function contentOf(content: string, encoding = ''): string {
  const kinds = encoding.toLowerCase().split('+');
  let bytes = Buffer.from(content, kinds.some((kind) => kind === 'b64' || kind === 'base64') ? 'base64' : 'utf8');
  if (kinds.some((kind) => kind === 'gz' || kind === 'gzip')) bytes = unzipped(bytes);
  return bytes.toString('utf8');
}

function unzipped(bytes: Buffer): Buffer<ArrayBuffer> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return Buffer.from(isGzip ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes);
}
