import { createHash } from 'node:crypto';
import { z } from 'zod';
import { micro } from '../cloud/times';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import type { KeyPairRecord } from '../state/records';
import { invalidBody, malformedBody, novaFault } from './errors';

const newKeyPair = z.object({
  keypair: z.strictObject({
    name: z.string().min(1).max(255),
    public_key: z.string().optional(),
    type: z.literal('ssh').optional(),
    user_id: z.string().optional(),
  }),
});
const keyTypes = ['ssh-rsa', 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];

/** Nova's key pairs: each person's own, in all projects. */
export function keyPairRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  const own = (call: Call) => world.state.keyPairs.filter((pair) => pair.userId === session(call).user.id);
  const mine = (call: Call): KeyPairRecord => {
    const pair = own(call).find((one) => one.name === call.params.name);
    if (!pair) throw novaFault(404, `Keypair ${call.params.name} not found for user ${session(call).user.id}`);
    return pair;
  };
  const short = ({ name, publicKey, fingerprint }: KeyPairRecord) => ({ name, public_key: publicKey, fingerprint });
  return [
    route('GET', '/os-keypairs', (call) => ({ status: 200, body: { keypairs: own(call).map((pair) => ({ keypair: short(pair) })) } })),
    route('POST', '/os-keypairs', (call) => {
      const { keypair: given } = check(newKeyPair, parseJson(call.text, malformedBody), invalidBody);
      if (!/^[\w -]+$/.test(given.name)) {
        throw novaFault(
          400,
          "An invalid 'name' value was provided. The name must be: Only expected characters: [_- 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ]",
        );
      }
      const fingerprint = fingerprintOf(given.public_key);
      if (!given.public_key || !fingerprint) throw novaFault(400, 'Keypair data is invalid: failed to generate fingerprint');
      const { user, projectId } = session(call);
      if (own(call).some((pair) => pair.name === given.name)) throw novaFault(409, `Key pair '${given.name}' already exists.`);
      const most = world.quota(projectId, 'key_pairs');
      if (most >= 0 && own(call).length >= most) throw novaFault(403, 'Quota exceeded, too many key pairs.');
      const pair = {
        name: given.name,
        userId: user.id,
        publicKey: given.public_key,
        fingerprint,
        createdAt: world.now(),
        number: world.nextNumber(),
      };
      world.state.keyPairs.push(pair);
      world.changed();
      return { status: 200, body: { keypair: { ...short(pair), user_id: user.id } } };
    }),
    route('GET', '/os-keypairs/:name', (call) => {
      const pair = mine(call);
      const more = {
        user_id: pair.userId,
        created_at: micro(pair.createdAt),
        deleted: false,
        deleted_at: null,
        id: pair.number,
        updated_at: null,
      };
      return { status: 200, body: { keypair: { ...short(pair), ...more } } };
    }),
    route('DELETE', '/os-keypairs/:name', (call) => {
      const pair = mine(call);
      world.state.keyPairs = world.state.keyPairs.filter((one) => one !== pair);
      world.changed();
      return { status: 202 };
    }),
  ];
}

/** The MD5 fingerprint that Nova shows; null where the text is no public key. */
function fingerprintOf(text: string | undefined): string | null {
  const [type, blob] = (text ?? '').trim().split(/\s+/);
  if (!type || !blob || !keyTypes.includes(type) || !/^[A-Za-z0-9+/]+=*$/.test(blob)) return null;
  const bytes = Buffer.from(blob, 'base64');
  const length = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  if (bytes.subarray(4, 4 + length).toString('latin1') !== type) return null;
  return createHash('md5').update(bytes).digest('hex').match(/../g)?.join(':') ?? null;
}
