import { checkMinting, checkRecentSignIn } from '@/lib/auth/recent';
import type { TokenRecord } from '@/lib/auth/tokens';
import { checkTokenEnd, makeToken } from '@/lib/auth/tokens';
import { addSshKey, listSshKeys, removeSshKey } from '@/lib/keeping/ssh-keys';
import { listOf, listQuerySchema } from '../contract/common';
import {
  createdTokenSchema,
  meSchema,
  newSshKeySchema,
  newTokenSchema,
  type PersonalToken,
  sshKeySchema,
  tokenSchema,
} from '../contract/people';
import { pageOf } from '../http/paging';
import { route } from '../http/route';
import { meView } from '../views';

const tokenView = (row: TokenRecord): PersonalToken => ({
  id: row.id,
  name: row.name,
  scope: row.scope,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

/** The person, their tokens of the API, and their SSH keys. */
export const peopleRoutes = [
  route(
    { method: 'GET', path: '/me', access: 'signed-in', summary: 'Who is signed in', answers: { 200: meSchema } },
    async ({ person }) => ({ body: meView(person) }),
  ),

  route(
    {
      method: 'GET',
      path: '/tokens',
      access: 'signed-in',
      summary: 'Your personal access tokens, without the tokens themselves',
      query: listQuerySchema,
      answers: { 200: listOf(tokenSchema) },
    },
    async ({ person, query, services }) => {
      const rows = await services.store.db
        .selectFrom('tokens')
        .selectAll()
        .where('user_id', '=', person.id)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return { body: pageOf(rows.map(tokenView), query) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/tokens',
      access: 'signed-in',
      summary: 'Make a personal access token; it is shown this once',
      body: newTokenSchema,
      answers: { 201: createdTokenSchema },
    },
    async ({ person, body, services: { store, clock, config } }) => {
      checkRecentSignIn(person, config, clock, 'make a token');
      const expiresAt = new Date(body.expiresAt);
      checkTokenEnd(clock, expiresAt);
      checkMinting(person, { scope: body.scope, expiresAt });
      const { row, token } = await makeToken(store.db, clock, person.id, { ...body, expiresAt });
      return { status: 201, body: { ...tokenView(row), token: token.reveal() }, headers: { location: `/api/v1/tokens/${row.id}` } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/tokens/{id}',
      access: 'signed-in',
      of: 'token',
      summary: 'End a personal access token',
      answers: { 204: null },
    },
    async ({ params, services }) => {
      await services.store.db.deleteFrom('tokens').where('id', '=', params.id).execute();
      return {};
    },
  ),

  route(
    {
      method: 'GET',
      path: '/ssh-keys',
      access: 'signed-in',
      summary: 'The public keys that are put on every node you deploy',
      query: listQuerySchema,
      answers: { 200: listOf(sshKeySchema) },
    },
    async ({ person, query, services }) => ({ body: pageOf(await listSshKeys(services, person.id), query) }),
  ),
  route(
    {
      method: 'POST',
      path: '/ssh-keys',
      access: 'signed-in',
      summary: 'Add a public key',
      body: newSshKeySchema,
      answers: { 201: sshKeySchema },
    },
    async ({ person, body, services }) => {
      const key = await addSshKey(services, person.id, body);
      return { status: 201, body: key, headers: { location: `/api/v1/ssh-keys/${key.id}` } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/ssh-keys/{id}',
      access: 'signed-in',
      of: 'SSH key',
      summary: 'Remove a public key; nodes that have it keep it',
      answers: { 204: null },
    },
    async ({ params, services }) => {
      await removeSshKey(services, params.id);
      return {};
    },
  ),
];
