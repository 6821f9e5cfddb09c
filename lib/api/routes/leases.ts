import { changeLease } from '@/lib/leasing/change';
import { deleteLease } from '@/lib/leasing/end';
import { exportLease } from '@/lib/leasing/export';
import { lintWish } from '@/lib/leasing/lint';
import { listLeases, tellLeases } from '@/lib/leasing/list';
import { followLease, lookAtLease } from '@/lib/leasing/look';
import { makeLease } from '@/lib/leasing/make';
import { tellingSettings } from '@/lib/telling/settings';
import { listOf } from '../contract/common';
import {
  deleteLeaseQuerySchema,
  exportQuerySchema,
  leaseActionSchema,
  leaseLintSchema,
  leaseSchema,
  leaseSummarySchema,
  leasesLineSchema,
  leasesQuerySchema,
  newLeaseSchema,
  patchLeaseSchema,
} from '../contract/leases';
import { jsonLines, wantsLines } from '../http/json-lines';
import { common } from '../http/reply';
import { route } from '../http/route';
import { actOn } from '../leases/act';
import { changeOf, wishOf } from '../leases/read';

/** Each asks a site, which may take a while. */
const limit = { name: 'leases', most: 120, seconds: 600 };
/** Pages follow their lists and leases, and programs look again while they wait. */
const reading = { name: 'read-leases', most: 1200, seconds: 600 };
/** A form has its lease judged with every answer that settles. */
const judging = { name: 'judged-leases', most: 240, seconds: 600 };

/** Leases of hosts, machines, floating IPs and networks: what somebody has, makes, changes and ends. */
export const leaseRoutes = [
  route(
    {
      method: 'GET',
      path: '/leases',
      access: 'signed-in',
      limit: reading,
      summary:
        'Your leases, the soonest to end first, also those that were made elsewhere in your projects; as lines where Accept asks for application/x-ndjson: at once what is kept, then each site’s as it tells',
      query: leasesQuerySchema,
      answers: { 200: listOf(leaseSummarySchema) },
      lines: leasesLineSchema,
    },
    async ({ person, query: { site, past, wait }, services, ...call }) => {
      const about = { site, past: past === 'true' };
      if (wantsLines(call.request)) return jsonLines(call, (say) => tellLeases(services, person, about, say));
      return { body: { items: await listLeases(services, person, about, wait * 1000), next: null } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/leases',
      access: 'signed-in',
      limit,
      summary:
        'Make a lease. The same asked again (name, times, reservations) is the lease that there is. Where it can’t be had, 409 with `alternatives` that can',
      body: newLeaseSchema,
      answers: { 200: leaseSchema, 201: leaseSchema },
    },
    async ({ person, body, services }) => {
      const { id, repeated } = await makeLease(services, person, wishOf(body));
      const lease = await lookAtLease(services, person, id);
      return { status: repeated ? 200 : 201, body: lease, headers: { location: `/api/v1/leases/${id}` } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/leases/lint',
      access: 'signed-in',
      readOnly: true,
      limit: judging,
      summary: 'What POST /leases would say of a lease, with what it would cost and the hosts it would get; nothing is made',
      body: newLeaseSchema,
      answers: { 200: leaseLintSchema },
    },
    async ({ person, body, services }) => ({ body: await lintWish(services, person, wishOf(body)) }),
  ),
  route(
    {
      method: 'GET',
      path: '/leases/{id}',
      access: 'signed-in',
      of: 'lease',
      limit: reading,
      summary:
        'One lease, as its site tells it now; as lines where Accept asks for application/x-ndjson: again whenever it has changed, until it runs, is over, or needs you',
      answers: { 200: leaseSchema },
      lines: leaseSchema,
    },
    async ({ person, params, services, ...call }) =>
      wantsLines(call.request)
        ? jsonLines(call, (say) => followLease(services, person, params.id, say, call.signal))
        : { body: await lookAtLease(services, person, params.id) },
  ),
  route(
    {
      method: 'PATCH',
      path: '/leases/{id}',
      access: 'signed-in',
      of: 'lease',
      limit,
      summary:
        'Rename, move, extend, shorten or grow a lease. What its site would refuse is known before; 409 has `alternatives` where there are some',
      body: patchLeaseSchema,
      answers: { 200: leaseSchema },
    },
    async ({ person, params, body, services }) => {
      await changeLease(services, person, params.id, changeOf(body));
      return { body: await lookAtLease(services, person, params.id) };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/leases/{id}/actions',
      access: 'signed-in',
      of: 'lease',
      limit,
      summary: 'Take over a lease that was made elsewhere, end it now, repair it, or have it extended by itself',
      body: leaseActionSchema,
      answers: { 200: leaseSchema },
    },
    async ({ person, params, body, services }) => {
      const id = await actOn(services, person, params.id, body);
      return { body: await lookAtLease(services, person, id) };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/leases/{id}',
      access: 'signed-in',
      of: 'lease',
      summary:
        'Delete a lease with its record, in the background; refused while deployments stand on it, unless they are to be wound down with it',
      query: deleteLeaseQuerySchema,
      answers: { 202: leaseSummarySchema.pick({ id: true }) },
    },
    async ({ person, params, query, services }) => {
      await deleteLease(services, person, params.id, { withDeployments: query.withDeployments === 'true' });
      return { status: 202, body: { id: params.id } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/leases/{id}/export',
      access: 'signed-in',
      of: 'lease',
      summary: 'The lease as an entry of a calendar, as the command that makes it, or as Python for Chameleon’s notebooks',
      query: exportQuerySchema,
      answers: { 200: 'stream' },
    },
    async ({ person, params, query, services, requestId }) => {
      const language = query.language ?? (await tellingSettings(services.telling, person.id)).language;
      const { text, type, name } = await exportLease(services, person, params.id, { as: query.as, language });
      const headers = {
        ...common,
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'x-request-id': requestId,
      };
      return new Response(text, { headers });
    },
  ),
];
