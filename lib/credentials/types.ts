import type { Secret } from '@/lib/core/secret';
import type { CloudAuth } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import type { GroupMembership } from '@/lib/store/schema';

/** Secrets at rest: each is sealed with its owner's data key, for one record and one kind only. */
export interface Vault {
  /**
   * Encrypts a secret for its place.
   * @param userId the owner; their data key is made at the first use
   * @param record id of the row that will hold it
   * @param kind what it is: `credential`, `access-token`, `deployment-secret` …
   */
  seal(userId: string, record: string, kind: string, plaintext: Secret): Promise<Buffer>;
  /**
   * Decrypts what {@link Vault.seal} made for exactly this owner, record and kind, and writes an audit row.
   * @param use why it is needed now, for the audit: `sign in to site lab`; null: its reading for this was noted, and only a failure is
   * @throws AppError `internal` when the key is gone or anything about it was changed
   */
  open(userId: string, record: string, kind: string, sealed: Uint8Array, use: string | null): Promise<Secret>;
}

/** What a provider answered at its token endpoint. */
export interface TokenSet {
  accessToken: Secret;
  /** seconds from now */
  expiresIn: number;
  refreshToken?: Secret;
  idToken?: Secret;
}

/** A person as the provider describes them. What it leaves out, says as null or leaves empty is undefined. */
export interface Claims {
  /** `sub`: with the issuer, who the person is */
  subject: string;
  /** `voperson_id`, by which earlier versions knew people */
  formerSubject?: string;
  name?: string;
  email?: string;
  /** undefined: nothing was said of groups */
  groups?: GroupMembership[];
  /** namespaces of groups that were said and are not read here, for the operator */
  unreadNamespaces?: string[];
}

/** Everything a room above needs to act for a person at a site. */
export interface Credentials {
  vault: Vault;
  /**
   * How a credential signs in to a site.
   * @param credentialId a row's id, `oidc:<site id>` for the person's own sign-in, or `device:<site id>` for what they approved by the
   *   device flow
   * @throws AppError `credential-missing` when it is not there or not this person's; `credential-invalid` when it belongs to another site
   */
  cloudAuthFor(userId: string, credentialId: string, site: Site): Promise<CloudAuth>;
  /**
   * A valid access token of the person's sign-in with a provider, refreshed where it must be. Parallel callers, in
   * this process or another, share one refresh.
   * @throws AppError `session-expired` when the person must sign in again; `upstream-failed` when the provider does not answer
   */
  accessTokenFor(userId: string, provider: string, options?: { renew?: boolean }): Promise<Secret>;
}
