import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Call, done, noHandler, notThere, type Reply, refused, withData } from './answers';

export interface TransitKey {
  versions: Buffer[];
  minDecryption: number;
}

/** A Transit engine with keys of type aes256-gcm96. */
export function answerTransit({ method, path, body }: Call, keys: Map<string, TransitKey>): Reply {
  const [verb, name = '', more] = path.split('/');
  const key = keys.get(name);
  if (verb === 'keys') return answerKeys(method, name, more, body, keys);
  if (method !== 'POST') return noHandler();
  if (verb === 'encrypt') {
    if (typeof body.plaintext !== 'string') return refused(400, 'missing plaintext to encrypt');
    const made = key ?? { versions: [randomBytes(32)], minDecryption: 1 };
    keys.set(name, made); // as the real one: a key that is not there is made, where the policy has `create`
    return withData({ ciphertext: encrypt(made, Buffer.from(body.plaintext, 'base64')), key_version: made.versions.length });
  }
  if (!key) return refused(400, 'encryption key not found');
  if (verb !== 'decrypt' && verb !== 'rewrap') return noHandler();
  const plain = decrypt(key, body.ciphertext);
  if (!Buffer.isBuffer(plain)) return plain;
  if (verb === 'decrypt') return withData({ plaintext: plain.toString('base64') });
  return withData({ ciphertext: encrypt(key, plain), key_version: key.versions.length });
}

function answerKeys(
  method: Call['method'],
  name: string,
  more: string | undefined,
  body: Record<string, unknown>,
  keys: Map<string, TransitKey>,
): Reply {
  const key = keys.get(name);
  if (method === 'POST' && more === undefined) {
    if (!key) keys.set(name, { versions: [randomBytes(32)], minDecryption: 1 });
    return done;
  }
  if (!key) return method === 'GET' ? notThere() : refused(400, `no existing key named ${name} could be found`);
  if (method === 'POST' && more === 'rotate') key.versions.push(randomBytes(32));
  else if (method === 'POST' && more === 'config') key.minDecryption = Number(body.min_decryption_version) || key.minDecryption;
  else if (method === 'GET') {
    const { versions, minDecryption } = key;
    return withData({ name, type: 'aes256-gcm96', latest_version: versions.length, min_decryption_version: minDecryption });
  } else return noHandler();
  return done;
}

function encrypt(key: TransitKey, plain: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.versions.at(-1) ?? Buffer.of(), iv);
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `vault:v${key.versions.length}:${sealed.toString('base64')}`;
}

function decrypt(key: TransitKey, ciphertext: unknown): Buffer | Reply {
  const [, number, text = ''] = /^vault:v(\d+):(.+)$/.exec(String(ciphertext)) ?? [];
  if (number === undefined) return refused(400, 'invalid ciphertext: no prefix');
  if (Number(number) < key.minDecryption) return refused(400, 'ciphertext or signature version is disallowed by policy (too old)');
  const secret = key.versions[Number(number) - 1];
  const bytes = Buffer.from(text, 'base64');
  if (!secret || bytes.length < 28) return refused(400, 'invalid ciphertext: unable to decrypt');
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch {
    return refused(400, 'cipher: message authentication failed');
  }
}
