import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const jwk = z.record(z.string(), z.unknown());
const schema = z.object({
  clientSecret: z.string(),
  keystoneSecret: z.string(),
  cookieKey: z.string(),
  jwks: z.object({ keys: z.array(jwk) }),
  clouds: z.record(z.string(), z.object({ password: z.string(), applicationCredentialSecret: z.string() })),
});
/** What the sandbox of a data folder keeps to itself, made once at random. */
export type SandboxSecrets = z.infer<typeof schema>;

const random = () => randomBytes(32).toString('base64url');

/**
 * The secrets of a data folder's sandbox, made where there are none: in `sandbox/secrets.json`, and the product's client secret
 * alone in `sandbox/client-secret`. Nobody but the owner can read either.
 */
export function sandboxSecrets(dataDir: string): SandboxSecrets {
  const folder = join(dataDir, 'sandbox');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'secrets.json');
  const secrets = (existsSync(file) && read(file)) || make();
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  writeFileSync(join(folder, 'client-secret'), secrets.clientSecret, { mode: 0o600 });
  return secrets;
}

function read(file: string): SandboxSecrets | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function make(): SandboxSecrets {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };
  const cloud = () => ({ password: random(), applicationCredentialSecret: random() });
  return {
    clientSecret: random(),
    keystoneSecret: random(),
    cookieKey: random(),
    jwks: { keys: [key] },
    clouds: { europe: cloud(), america: cloud() },
  };
}
