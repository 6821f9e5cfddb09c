import { listOf, listQuerySchema } from '../contract/common';
import { credentialSchema, newCredentialSchema, patchCredentialSchema } from '../contract/people';
import { addCredential, changeCredential, checkCredential, listCredentials, readCredential, removeCredential } from '../credentials';
import { pageOf } from '../http/paging';
import { route } from '../http/route';

/** What lets a person act on sites. Secrets go in and never come out. */
export const credentialRoutes = [
  route(
    {
      method: 'GET',
      path: '/credentials',
      access: 'signed-in',
      summary: 'Your credentials, your own sign-in among them',
      query: listQuerySchema,
      answers: { 200: listOf(credentialSchema) },
    },
    async ({ person, query, services }) => ({ body: pageOf(await listCredentials(services, person), query) }),
  ),
  route(
    {
      method: 'POST',
      path: '/credentials',
      access: 'signed-in',
      summary: 'Add a credential; it is tried at the site, and stored only when the site takes it',
      body: newCredentialSchema,
      answers: { 201: credentialSchema },
    },
    async ({ person, body, services }) => {
      const credential = await addCredential(services, person, body);
      return { status: 201, body: credential, headers: { location: `/api/v1/credentials/${credential.id}` } };
    },
  ),
  route(
    { method: 'GET', path: '/credentials/{id}', access: 'signed-in', summary: 'One credential', answers: { 200: credentialSchema } },
    async ({ person, params, services }) => ({ body: await readCredential(services, person, params.id) }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/credentials/{id}',
      access: 'signed-in',
      summary: 'Rename a credential, or renew its secret',
      body: patchCredentialSchema,
      answers: { 200: credentialSchema },
    },
    async ({ person, params, body, services }) => ({ body: await changeCredential(services, person, params.id, body) }),
  ),
  route(
    { method: 'DELETE', path: '/credentials/{id}', access: 'signed-in', summary: 'Delete a credential', answers: { 204: null } },
    async ({ person, params, services }) => {
      await removeCredential(services, person, params.id);
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/{id}/check',
      access: 'signed-in',
      summary: 'Try a credential at its site now',
      answers: { 200: credentialSchema },
    },
    async ({ person, params, services }) => ({ body: await checkCredential(services, person, params.id) }),
  ),
];
