import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { invalidInput } from '@/lib/core/problems';
import type { SshKeyRow } from '@/lib/store/schema';
import type { KeepingPorts } from './ports';
import { type KeyProblem, keyProblems, parsePublicKey } from './public-key';
import type { SshKey } from './types';

const view = (row: Selectable<SshKeyRow>): SshKey => ({
  id: row.id,
  name: row.name,
  publicKey: row.public_key,
  fingerprint: row.fingerprint,
  createdAt: row.created_at.toISOString(),
});

/** A person's SSH keys, the oldest first. */
export async function listSshKeys({ store }: KeepingPorts, userId: string): Promise<SshKey[]> {
  const rows = await store.db
    .selectFrom('ssh_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(view);
}

/** Adds a key. @throws AppError `invalid-input` when it is not a public key, `conflict` when it is there already */
export async function addSshKey(
  { store, clock }: KeepingPorts,
  userId: string,
  given: { name: string; publicKey: string },
): Promise<SshKey> {
  const key = parsePublicKey(given.publicKey);
  if ('problem' in key) throw unusable(key.problem, key.params);
  const row = await store.db
    .insertInto('ssh_keys')
    .values({
      id: newId('key'),
      user_id: userId,
      name: given.name,
      public_key: key.line,
      fingerprint: key.fingerprint,
      created_at: clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'fingerprint']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row)
    throw new AppError({ code: 'conflict', title: 'You have this key already', detail: `The key ${key.fingerprint} is in your list.` });
  return view(row);
}

/** Removes a key of whoever may; nodes that have it keep it. */
export async function removeSshKey({ store }: Pick<KeepingPorts, 'store'>, id: string): Promise<void> {
  await store.db.deleteFrom('ssh_keys').where('id', '=', id).execute();
}

function unusable(problem: KeyProblem, params: Record<string, string> = {}): AppError {
  const message = keyProblems[problem].replaceAll(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
  return invalidInput([{ path: 'publicKey', message, remark: { key: `sshKey.${problem}`, params } }]);
}
