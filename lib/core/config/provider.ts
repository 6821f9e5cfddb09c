import { z } from 'zod';
import type { Secret } from '../secret';
import { secretRef, url } from './vault';

/** An id as sites and providers have one in the configuration. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'Use lower-case letters, digits and hyphens');

const claimSchema = z.strictObject({
  /** its name in userinfo or the ID token; one inside of another is named with dots: `realm_access.roles` */
  claim: z.string().min(1),
  /** `urn`: AARC-G069 or G002 · `path`: `/group/subgroup` · `name`: the group as it stands · `role`: a role of the group `of` */
  as: z.enum(['urn', 'path', 'name', 'role']).default('urn'),
  /** what stands between the parts of a path */
  separator: z.string().min(1).max(3).default('/'),
  /** the group that roles are roles of */
  of: z.string().min(1).default('roles'),
});
const claimNames = z.array(
  z.union([
    z
      .string()
      .min(1)
      .transform((claim) => claimSchema.parse({ claim })),
    claimSchema,
  ]),
);

const groupsSchema = z.strictObject({
  claims: claimNames.default(['entitlements', 'eduperson_entitlement'].map((claim) => claimSchema.parse({ claim }))),
  /** what the URNs of groups begin with, up to `:group:`; `*`: anything, for a provider that makes all of them itself */
  namespaces: z.array(z.string().min(1)).default(['urn:mace:egi.eu']),
});

export const providerSchema = z
  .strictObject({
    id,
    name: z.string().min(1),
    issuer: url,
    clientId: z.string().min(1),
    clientSecret: secretRef.optional(),
    /** how Transat proves at the token endpoint who it is; left out: by what it has (a secret, a key), as discovery says */
    clientAuth: z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']).optional(),
    /** PEM (PKCS #8) of the private key for `private_key_jwt`, its id, and the algorithm where the kind of key leaves a choice */
    privateKeyFile: z.string().optional(),
    privateKeyId: z.string().optional(),
    privateKeyAlg: z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']).default('RS256'),
    /** PEM file of the certificate authority that signed the issuer's certificate, relative to the configuration */
    caFile: z.string().optional(),
    /** `vo`, `vo:subgroup` or `vo::role`; a person needs one of them */
    requiredGroups: z.array(z.string()).default([]),
    /** where memberships stand in what the provider says */
    groups: groupsSchema.default(groupsSchema.parse({})),
    /** client ids or audiences whose access tokens the API accepts from command lines */
    accessTokensOf: z.array(z.string()).default([]),
    scopes: z.string().default('openid profile email offline_access voperson_id eduperson_entitlement entitlements'),
    /** the claim that earlier versions knew people by, where the provider itself gives it out: people keep what they have */
    formerSubject: z.literal('voperson_id').optional(),
  })
  .refine(({ clientAuth, clientSecret }) => !clientAuth?.startsWith('client_secret') || clientSecret, {
    path: ['clientSecret'],
    message: 'This clientAuth needs it',
  })
  .refine(({ clientAuth, privateKeyFile }) => clientAuth !== 'private_key_jwt' || privateKeyFile, {
    path: ['privateKeyFile'],
    message: 'private_key_jwt needs it',
  });

type Given = z.infer<typeof providerSchema>;

/** How memberships are read from what a provider says. */
export type GroupClaims = z.infer<typeof groupsSchema>;
/** One claim of them. */
export type GroupClaim = z.infer<typeof claimSchema>;

/** An OpenID provider as it is used: secrets and certificates read. */
export type ProviderConfig = Omit<Given, 'clientSecret' | 'privateKeyFile'> & {
  clientSecret?: Secret;
  /** PEM */
  privateKey?: Secret;
  ca?: string;
  /** nobody of this house named it: only public addresses */
  publicOnly?: boolean;
};

/** What a provider has that is configured with no more than these. */
export function providerWith(given: Pick<ProviderConfig, 'id' | 'name' | 'issuer' | 'clientId'> & Partial<ProviderConfig>): ProviderConfig {
  const { id, name, issuer, clientId } = given;
  const { clientSecret: _secret, privateKeyFile: _key, ...defaults } = providerSchema.parse({ id: 'any', name, issuer, clientId });
  return { ...defaults, ...given, id };
}

/** What reads the files and variables that a configuration names. */
interface Reader {
  secret(ref: z.infer<typeof secretRef>): Secret;
  text(file: string): string;
}

/** A provider of the configuration, its secrets and certificates read. */
export function readProvider({ clientSecret, privateKeyFile, ...provider }: Given, read: Reader): ProviderConfig {
  return {
    ...provider,
    clientSecret: clientSecret && read.secret(clientSecret),
    privateKey: privateKeyFile === undefined ? undefined : read.secret({ file: privateKeyFile }),
    ca: provider.caFile && read.text(provider.caFile),
  };
}
