import {
  addCredential,
  changeCredential,
  checkCredential,
  handOver,
  listCredentials,
  listOwn,
  listRevocations,
  makeCredential,
  readCredential,
  readDeviceLogin,
  readFile,
  removeCredential,
  rotateCredential,
  startDeviceLogin,
} from '@/lib/keeping/credentials';
import { listOf, listQuerySchema } from '../contract/common';
import {
  credentialSchema,
  deleteCredentialQuery,
  deviceLoginSchema,
  handedOverSchema,
  handOverSchema,
  makeCredentialSchema,
  newCredentialSchema,
  newDeviceLoginSchema,
  ownStoreSchema,
  pastedSchema,
  patchCredentialSchema,
  readPastedSchema,
  revocationSchema,
} from '../contract/credentials';
import { signingIn } from '../http/limits';
import { pageOf } from '../http/paging';
import { route } from '../http/route';

/** Each signs in at a site, or asks it for something. */
const limit = signingIn;
/** A file of 1 MB takes some hundred milliseconds; it is read anew while somebody types. */
const reading = { name: 'files', most: 60, seconds: 60 };

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
      limit,
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
    {
      method: 'GET',
      path: '/credentials/own-store',
      access: 'signed-in',
      summary: 'The names of what you keep in a secrets store of your own',
      answers: { 200: ownStoreSchema },
    },
    async ({ person, services }) => ({ body: await listOwn(services, person) }),
  ),
  route(
    {
      method: 'GET',
      path: '/credentials/revocations',
      access: 'signed-in',
      summary: 'Application credentials that Transat made and could not revoke at their sites yet; it goes on trying',
      query: listQuerySchema,
      answers: { 200: listOf(revocationSchema) },
    },
    async ({ person, query, services }) => ({ body: pageOf(await listRevocations(services, person), query) }),
  ),
  route(
    {
      method: 'GET',
      path: '/credentials/{id}',
      access: 'signed-in',
      of: 'credential',
      summary: 'One credential',
      answers: { 200: credentialSchema },
    },
    async ({ person, params, services }) => ({ body: await readCredential(services, person, params.id) }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/credentials/{id}',
      access: 'signed-in',
      of: 'credential',
      limit,
      summary: 'Rename a credential, or renew its secret',
      body: patchCredentialSchema,
      answers: { 200: credentialSchema },
    },
    async ({ person, params, body, services }) => ({ body: await changeCredential(services, person, params.id, body) }),
  ),
  route(
    {
      method: 'DELETE',
      path: '/credentials/{id}',
      access: 'signed-in',
      of: 'credential',
      summary: 'Delete a credential; one that was made here is revoked at the site, too',
      query: deleteCredentialQuery,
      answers: { 204: null },
    },
    async ({ person, params, query, services }) => {
      await removeCredential(services, person, params.id, { inUse: query.inUse === 'true', keepAtSite: query.keepAtSite === 'true' });
      return {};
    },
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/{id}/hand-over',
      access: 'signed-in',
      of: 'credential',
      limit,
      summary: 'Have all deployments that act by this credential act by another one of the same project; it is tried first',
      body: handOverSchema,
      answers: { 200: handedOverSchema },
    },
    async ({ person, params, body, services }) => ({
      body: { deployments: await handOver(services, person, { from: params.id, to: body.to }) },
    }),
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/{id}/check',
      access: 'signed-in',
      of: 'credential',
      limit,
      summary: 'Try a credential at its site now',
      answers: { 200: credentialSchema },
    },
    async ({ person, params, services }) => ({ body: await checkCredential(services, person, params.id) }),
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/{id}/rotate',
      access: 'signed-in',
      of: 'credential',
      limit,
      summary: 'Renew a credential that was made here: a new one is made and tried, then the old one is revoked',
      answers: { 200: credentialSchema },
    },
    async ({ person, params, services }) => ({ body: await rotateCredential(services, person, params.id) }),
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/read',
      access: 'signed-in',
      limit: reading,
      readOnly: true,
      summary: 'Say what a pasted clouds.yaml or openrc file is and has; it is parsed, never run, and not kept',
      body: readPastedSchema,
      answers: { 200: pastedSchema },
    },
    async ({ person, body, services }) => ({ body: await readFile(services, person, body) }),
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/make',
      access: 'signed-in',
      limit,
      summary: 'Make an application credential at a site by your own sign-in or connected account',
      body: makeCredentialSchema,
      answers: { 201: credentialSchema },
    },
    async ({ person, body, services }) => {
      const credential = await makeCredential(services, person, body);
      return { status: 201, body: credential, headers: { location: `/api/v1/credentials/${credential.id}` } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/credentials/device',
      access: 'signed-in',
      limit,
      summary: 'Connect your account of a site’s provider by the device flow (RFC 8628): a code and where to enter it',
      body: newDeviceLoginSchema,
      answers: { 201: deviceLoginSchema },
    },
    async ({ person, body, services }) => {
      const login = await startDeviceLogin(services, person, body.site);
      return { status: 201, body: login, headers: { location: `/api/v1/credentials/device/${login.id}` } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/credentials/device/{id}',
      access: 'signed-in',
      of: 'connection',
      summary: 'How a device flow stands; look every `interval` seconds',
      answers: { 200: deviceLoginSchema },
    },
    async ({ person, params, services }) => ({ body: await readDeviceLogin(services, person, params.id) }),
  ),
];
