import { randomUUID } from 'node:crypto';
import type { Token, VaultState } from './state';

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A call as the engines see it: the path below their mount. */
export interface Call {
  state: VaultState;
  method: 'GET' | 'POST' | 'DELETE' | 'LIST';
  path: string;
  body: Record<string, unknown>;
  query: URLSearchParams;
}

export const done: Reply = { status: 204 };

/** An answer with data, in the envelope that all answers have. */
export function withData(data: unknown, status = 200): Reply {
  return { status, body: { ...envelope(), data } };
}

/** The answer to a login or renewal. */
export function withAuth(id: string, token: Token, now: number): Reply {
  const auth = {
    client_token: id,
    accessor: token.accessor,
    policies: ['default', ...token.policies],
    token_policies: ['default', ...token.policies],
    lease_duration: token.endsAt === 0 ? 0 : Math.round((token.endsAt - now) / 1000),
    renewable: token.renewable,
    entity_id: token.entity,
    token_type: 'service',
    orphan: true,
  };
  return { status: 200, body: { ...envelope(), data: null, auth } };
}

export function refused(status: number, ...errors: string[]): Reply {
  return { status, body: { errors } };
}

export const denied = (): Reply => refused(403, '1 error occurred:\n\t* permission denied\n\n');
export const notThere = (): Reply => refused(404);
export const noHandler = (): Reply => refused(404, 'no handler for route');

function envelope() {
  return {
    request_id: randomUUID(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data: null,
    wrap_info: null,
    warnings: null,
    auth: null,
  };
}
