import { z } from 'zod';
import type { Secret } from '../secret';
import { secretRef } from './vault';

/** The mail server by which people are told in time. */
export const smtpSchema = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(587),
  /** `starttls` (usual at 587), `tls` (usual at 465), or `none`: mails and password go in the clear, for a server on this machine only */
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  user: z.string().min(1).optional(),
  password: secretRef.optional(),
  /** whom the mails are from: `Transat <transat@example.org>` */
  from: z.string().min(3).max(320),
  /** PEM file of the authority that signed the server's certificate, where it is not one that everybody knows */
  caFile: z.string().optional(),
});

/** What people may have sent to an address of their own. */
export const webhooksSchema = z.strictObject({
  /** private addresses that webhooks may have, also over plain http */
  allowedRanges: z.array(z.union([z.cidrv4(), z.cidrv6()])).default([]),
});

export type SmtpConfig = Omit<z.infer<typeof smtpSchema>, 'password' | 'caFile'> & { password?: Secret; ca?: string };
export type WebhooksConfig = z.infer<typeof webhooksSchema>;

/** @param read gives what the configuration only names */
export function readSmtp(
  { password, caFile, ...rest }: z.infer<typeof smtpSchema>,
  read: { secret(ref: z.infer<typeof secretRef>): Secret; text(path: string): string },
): SmtpConfig {
  return { ...rest, ...(password ? { password: read.secret(password) } : {}), ...(caFile ? { ca: read.text(caFile) } : {}) };
}
