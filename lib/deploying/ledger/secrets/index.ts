import type { Kysely } from 'kysely';
import { Secret } from '@/lib/core/secret';
import type { Vault } from '@/lib/credentials/types';
import type { SecretParts } from '@/lib/nodes/values';
import type { Value } from '@/lib/planning/types';
import type { Schema } from '@/lib/store/schema';
import { openStepOutputs } from './step-outputs';

/** Name of the secret that every deployment has, beside those of its plan: the key with which Transat logs in on its nodes. */
export const deploymentKey = 'deployment-key';

/** What such a secret is sealed as. */
export const kindOfSecret = (name: string) => `deployment-secret:${name}`;

/** A secret as it is kept. @param parts as `generateSecret` gives them */
export function sealSecret(vault: Vault, userId: string, deploymentId: string, name: string, parts: SecretParts): Promise<Buffer> {
  return vault.seal(userId, deploymentId, kindOfSecret(name), new Secret(JSON.stringify(parts.reveal())));
}

/** The secrets of one deployment, each decrypted at most once. */
export class Secrets {
  readonly #db: Kysely<Schema>;
  readonly #vault: Vault;
  readonly #owner: { userId: string; deploymentId: string };
  readonly #use: string | null;
  readonly #opened = new Map<string, Promise<SecretParts>>();

  /** @param use why they are read, for the audit; null: that is there already */
  constructor(db: Kysely<Schema>, vault: Vault, owner: { userId: string; deploymentId: string }, use: string | null) {
    this.#db = db;
    this.#vault = vault;
    this.#owner = owner;
    this.#use = use;
  }

  /** @throws Error when there is none of that name: a fault of Transat */
  get(name: string): Promise<SecretParts> {
    const known = this.#opened.get(name);
    if (known) return known;
    const opening = this.#open(name);
    this.#opened.set(name, opening);
    return opening;
  }

  async several(names: string[]): Promise<Record<string, SecretParts>> {
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await this.get(name)] as const)));
  }

  /** What a node's steps told; see {@link openStepOutputs}. */
  stepOutputs(
    node: string,
    secret: Set<string>,
    outputs: Record<string, string>,
    values: readonly Value[],
  ): Promise<Record<string, string>> {
    return openStepOutputs(this.#vault, this.#owner, node, secret, outputs, values, this.#use);
  }

  async #open(name: string): Promise<SecretParts> {
    const { userId, deploymentId } = this.#owner;
    const row = await this.#db
      .selectFrom('deployment_secrets')
      .select('sealed')
      .where('deployment_id', '=', deploymentId)
      .where('name', '=', name)
      .executeTakeFirst();
    if (!row) throw new Error(`The deployment ${deploymentId} has no secret ${name}`);
    const text = await this.#vault.open(userId, deploymentId, kindOfSecret(name), row.sealed, this.#use);
    const parts: unknown = JSON.parse(text.reveal());
    if (typeof parts !== 'object' || parts === null) throw new Error(`The secret ${name} of ${deploymentId} has no parts`);
    return new Secret(Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, String(value)])));
  }
}
