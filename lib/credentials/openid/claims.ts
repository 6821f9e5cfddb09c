import { z } from 'zod';
import type { ProviderConfig } from '@/lib/core/config';
import { readGroups } from '../grants/group-claims';
import type { Claims } from '../types';

const LONGEST_NAME = 200;
const LONGEST_EMAIL = 320;

// what is null, empty or of another kind is as what is missing: providers send all of these
const text = z.string().trim().min(1).optional().catch(undefined);
const claimsSchema = z.looseObject({
  sub: z.string().min(1),
  voperson_id: text,
  name: text,
  given_name: text,
  family_name: text,
  preferred_username: text,
  nickname: text,
  email: text,
});

/**
 * What a provider says of a person, in userinfo, an ID token or an introspection, as it is used here.
 * @returns undefined where it names nobody
 */
export function readClaims(provider: Pick<ProviderConfig, 'groups'>, said: unknown): Claims | undefined {
  const parsed = claimsSchema.safeParse(said);
  if (!parsed.success) return undefined;
  const { sub, voperson_id, name, given_name, family_name, preferred_username, nickname, email } = parsed.data;
  const full = [given_name, family_name].filter(Boolean).join(' ');
  return {
    subject: sub,
    formerSubject: voperson_id,
    name: (name ?? (full || (preferred_username ?? nickname ?? email)))?.slice(0, LONGEST_NAME),
    email: email?.slice(0, LONGEST_EMAIL),
    ...readGroups(provider.groups, parsed.data),
  };
}
