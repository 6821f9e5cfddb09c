import { z } from 'zod';

export const meSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  issuer: z.string(),
  provider: z.string(),
  groups: z.array(z.object({ vo: z.string(), subgroups: z.array(z.string()), role: z.string().optional() })),
  /** send it as X-CSRF-Token with every write of the browser's session; null for bearer tokens */
  csrf: z.string().nullable(),
});
export type Me = z.infer<typeof meSchema>;

export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scope: z.enum(['read', 'write']),
  expiresAt: z.iso.datetime({ offset: true }),
});
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(['read', 'write']),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export const createdTokenSchema = tokenSchema.extend({ token: z.string() });
export type AccessToken = z.infer<typeof tokenSchema>;
export type CreatedToken = z.infer<typeof createdTokenSchema>;

export const newSshKeySchema = z.strictObject({ name: z.string().trim().min(1).max(100), publicKey: z.string().trim().min(20).max(8192) });
export const sshKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  publicKey: z.string(),
  fingerprint: z.string(),
  createdAt: z.string(),
});
export type SshKey = z.infer<typeof sshKeySchema>;

const secretText = z.string().min(1).max(4096);
const common = { site: z.string().max(100), name: z.string().trim().min(1).max(100), project: z.string().max(200).optional() };
export const newCredentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('applicationCredential'), id: z.string().min(1).max(200), secret: secretText }),
  z.strictObject({
    ...common,
    kind: z.literal('password'),
    username: z.string().min(1).max(255),
    userDomain: z.string().min(1).max(255).default('Default'),
    password: secretText,
  }),
  /** a pasted clouds.yaml; `cloud` names the entry where it has several */
  z.strictObject({ ...common, kind: z.literal('cloudsYaml'), yaml: z.string().min(1).max(65_536), cloud: z.string().max(100).optional() }),
]);
export type NewCredential = z.infer<typeof newCredentialSchema>;
export const patchCredentialSchema = z.strictObject({ name: z.string().trim().min(1).max(100).optional(), secret: secretText.optional() });

export const credentialSchema = z.object({
  /** `oidc:<site id>` for the person's own sign-in */
  id: z.string(),
  kind: z.enum(['oidc', 'applicationCredential', 'password', 'cloudsYaml']),
  site: z.string(),
  name: z.string(),
  project: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** what is no secret of it: user name, id, last four characters */
  shown: z.record(z.string(), z.string()),
  expiresAt: z.string().nullable(),
  checkedAt: z.string().nullable(),
  problem: z
    .object({ code: z.string(), title: z.string(), detail: z.string(), cause: z.string().optional(), remedy: z.string().optional() })
    .nullable(),
  createdAt: z.string().nullable(),
  /** deployments (not deleted) that use it */
  deployments: z.number().int(),
});
export type Credential = z.infer<typeof credentialSchema>;
