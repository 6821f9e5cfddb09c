import { endOwnSession, listSessions, type SessionRecord } from '@/lib/auth/own-sessions';
import type { Person } from '@/lib/auth/types';
import { notFound } from '@/lib/core/problems';
import { listOf, listQuerySchema } from '../contract/common';
import { type SessionView, sessionViewSchema } from '../contract/people';
import { pageOf } from '../http/paging';
import { route } from '../http/route';

const networks = sessionViewSchema.shape.network;

const viewOf = (row: SessionRecord, { via, pass }: Person): SessionView => ({
  id: row.ref,
  browser: row.browser,
  network: networks.catch(null).parse(row.network),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  authenticatedAt: row.authenticated_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  current: via === 'session' && pass === row.ref,
});

/** The browsers in which a person is signed in. */
export const sessionRoutes = [
  route(
    {
      method: 'GET',
      path: '/sessions',
      access: 'signed-in',
      summary: 'The browsers in which you are signed in',
      query: listQuerySchema,
      answers: { 200: listOf(sessionViewSchema) },
    },
    async ({ person, query, services: { store, clock } }) => {
      const rows = await listSessions(store.db, clock, person.id);
      return {
        body: pageOf(
          rows.map((row) => viewOf(row, person)),
          query,
        ),
      };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/sessions/{id}',
      access: 'signed-in',
      of: 'session',
      summary: 'Sign a browser out; what it shows stops at once',
      answers: { 204: null },
    },
    async ({ person, params, services: { store, credentials } }) => {
      const ended = await endOwnSession(store.db, person.id, params.id);
      if (!ended) throw notFound('session');
      if (ended.grantId) await credentials.grants.end(ended.grantId);
      return {};
    },
  ),
];
