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

export const sessionViewSchema = z.object({
  id: z.string(),
  /** `Firefox, Linux`; null where it does not say */
  browser: z.string().nullable(),
  /** the kind of network that it was last used from; the address itself is not kept */
  network: z.enum(['this-machine', 'local', 'internet-ipv4', 'internet-ipv6']).nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** when the person last proved who they are in it */
  authenticatedAt: z.string(),
  expiresAt: z.string(),
  /** the one that asks */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

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
export type PersonalToken = z.infer<typeof tokenSchema>;
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
