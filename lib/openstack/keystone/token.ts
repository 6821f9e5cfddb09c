import { z } from 'zod';
import { Secret } from '@/lib/core/secret';
import type { CatalogEntry } from './catalog';

/** A Keystone token with what Keystone said about it. */
export interface Token {
  value: Secret;
  expiresAt: Date;
  user: { id: string; name: string };
  /** null for an unscoped token */
  project: { id: string; name: string } | null;
  roles: string[];
  catalog: CatalogEntry[];
  /** the application credential that it came by */
  applicationCredential?: { id: string };
}

const endpoint = z
  .object({ interface: z.string(), region: z.string().nullish(), region_id: z.string().nullish(), url: z.string() })
  .transform(({ interface: face, region, region_id, url }) => ({ interface: face, region: region_id ?? region ?? '', url }));

const named = z.object({ id: z.string(), name: z.string() });

/** `POST /v3/auth/tokens` (docs.openstack.org/api-ref/identity/v3, Password authentication with scoped authorization). */
const tokenBody = z.object({
  token: z.object({
    expires_at: z
      .string()
      .transform((text) => new Date(text))
      .refine((date) => !Number.isNaN(date.getTime())),
    user: named,
    project: named.optional(),
    roles: z.array(z.object({ name: z.string() })).default([]),
    application_credential: z.object({ id: z.string() }).optional(),
    catalog: z.array(z.object({ type: z.string(), endpoints: z.array(endpoint).default([]) })).default([]),
  }),
});

/**
 * Reads a token out of Keystone's answer.
 * @param value the header `X-Subject-Token`
 * @returns undefined when the body is not that of a token
 */
export function readToken(value: string, json: unknown): Token | undefined {
  const parsed = tokenBody.safeParse(json);
  if (!parsed.success || value === '') return undefined;
  const { expires_at, user, project, roles, catalog, application_credential } = parsed.data.token;
  return {
    value: new Secret(value),
    expiresAt: expires_at,
    user,
    project: project ?? null,
    roles: roles.map(({ name }) => name),
    catalog,
    applicationCredential: application_credential,
  };
}
