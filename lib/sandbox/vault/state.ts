import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '@/lib/core/clock';
import type { JwtRole } from './jwt';
import type { KubernetesLogin } from './kubernetes';
import type { KvEntry } from './kv';
import type { Policy } from './policy';
import type { TransitKey } from './transit';

export interface Token {
  accessor: string;
  policies: string[];
  issuedAt: number;
  /** milliseconds; 0: it does not end */
  endsAt: number;
  ttl: number;
  maxEndsAt: number;
  renewable: boolean;
  entity: string;
  /** accessor of the login's mount → the person's name there */
  aliases: Record<string, string>;
}
export interface AppRole {
  roleId: string;
  secretIds: Set<string>;
  policies: string[];
  ttl: number;
  maxTtl: number;
}

/** All that the server knows. */
export class VaultState {
  sealed = false;
  readonly unsealKey = randomBytes(33).toString('base64');
  readonly policies = new Map<string, Policy>();
  readonly tokens = new Map<string, Token>();
  readonly kv = new Map<string, { version: 1 | 2; entries: Map<string, KvEntry> }>();
  readonly transit = new Map<string, Map<string, TransitKey>>();
  readonly auth = new Map<string, { type: string; accessor: string }>();
  readonly appRoles = new Map<string, AppRole>();
  readonly jwt = new Map<string, { keys: string[]; issuer?: string; defaultRole?: string; roles: Map<string, JwtRole> }>();
  readonly kubernetes = new Map<string, KubernetesLogin>();
  readonly entities = new Map<string, string>();

  readonly #clock: Clock;

  constructor(clock: Clock, rootToken: string) {
    this.#clock = clock;
    this.tokens.set(rootToken, this.#token({ policies: ['root'], ttl: 0, maxTtl: 0, renewable: false }));
  }

  now(): number {
    return this.#clock.now().getTime();
  }

  /** @param grant `ttl` and `maxTtl` in seconds, 0: without end */
  issue(grant: Grant): { id: string; token: Token } {
    const id = `hvs.${randomBytes(24).toString('base64url')}`;
    const token = this.#token(grant);
    this.tokens.set(id, token);
    return { id, token };
  }

  /** The token with this id, unless it has ended. */
  find(id: string): Token | undefined {
    const token = this.tokens.get(id);
    if (!token || (token.endsAt !== 0 && token.endsAt <= this.now())) return undefined;
    return token;
  }

  #token({ policies, ttl, maxTtl, renewable, entity = '', aliases = {} }: Grant): Token {
    const issuedAt = this.now();
    return {
      accessor: randomUUID(),
      policies,
      issuedAt,
      ttl,
      endsAt: ttl === 0 ? 0 : issuedAt + ttl * 1000,
      maxEndsAt: maxTtl === 0 ? Number.POSITIVE_INFINITY : issuedAt + maxTtl * 1000,
      renewable,
      entity,
      aliases,
    };
  }
}

export interface Grant {
  policies: string[];
  ttl: number;
  maxTtl: number;
  renewable: boolean;
  entity?: string;
  aliases?: Record<string, string>;
}

/** Seconds, as the API takes them: a number, or text like `20m`. */
export function seconds(given: unknown): number {
  if (typeof given === 'number') return given;
  const [, amount = '0', unit = 's'] = /^(\d+)([smhd]?)$/.exec(typeof given === 'string' ? given : '') ?? [];
  return Number(amount) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit || 's'] ?? 1);
}

/** Texts, as the API takes them: a list, or one text with commas. */
export function texts(given: unknown): string[] {
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' && given !== '' ? given.split(',') : [];
}
