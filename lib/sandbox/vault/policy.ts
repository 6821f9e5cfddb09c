import { z } from 'zod';
import type { Token } from './state';

export type Capability = 'create' | 'read' | 'update' | 'delete' | 'list';
const policySchema = z.object({ path: z.record(z.string(), z.object({ capabilities: z.array(z.string()) })) });
export type Policy = z.infer<typeof policySchema>;

/** A policy in its JSON form. */
export function parsePolicy(text: string): Policy | undefined {
  try {
    return policySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether a token's policies allow something; the longest path that fits decides within one policy set. */
export function allows(token: Token, policies: ReadonlyMap<string, Policy>, path: string, capability: Capability): boolean {
  if (token.policies.includes('root')) return true;
  if (['auth/token/lookup-self', 'auth/token/renew-self', 'auth/token/revoke-self'].includes(path)) return true;
  const rules = token.policies
    .flatMap((name) => Object.entries(policies.get(name)?.path ?? {}))
    .map(([pattern, { capabilities }]) => ({ pattern: filled(pattern, token), capabilities }))
    .filter(({ pattern }) => fits(pattern, path));
  const longest = Math.max(0, ...rules.map(({ pattern }) => pattern.length));
  const deciding = rules.filter(({ pattern }) => pattern.length === longest);
  if (deciding.some(({ capabilities }) => capabilities.includes('deny'))) return false;
  return deciding.some(({ capabilities }) => capabilities.includes(capability));
}

function filled(pattern: string, token: Token): string {
  return pattern
    .replace(/\{\{identity\.entity\.aliases\.([^.}]+)\.name\}\}/g, (_all, accessor: string) => token.aliases[accessor] ?? '\u0000')
    .replaceAll('{{identity.entity.id}}', token.entity || '\u0000');
}

function fits(pattern: string, path: string): boolean {
  const open = pattern.endsWith('*');
  const parts = (open ? pattern.slice(0, -1) : pattern).split('+').map((part) => part.replace(/[.*?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}${open ? '' : '/?$'}`).test(path);
}
