import { z } from 'zod';
import { notFound } from '@/lib/core/problems';
import { tellFacts } from '@/lib/desk/all-facts';
import { ALONE_MS, NOW_MS, pageFacts, siteFacts } from '@/lib/desk/site-facts';
import { listOf, listQuerySchema } from '../contract/common';
import { type SiteSummary, siteFactsSchema, siteSchema, siteSummarySchema } from '../contract/sites';
import { jsonLines, wantsLines } from '../http/json-lines';
import { pageOf } from '../http/paging';
import { route } from '../http/route';
import { listSites, tellSites } from '../sites';
import { siteView } from '../views';

const listSchema = listQuerySchema.extend({
  /** seconds to wait for sites that must be asked; what is not known by then is `unknown`. With 0 none is asked */
  wait: z.coerce.number().min(0).max(10).default(3),
});
const factsQuerySchema = z.object({
  project: z.string().max(200).optional(),
  credential: z.string().max(200).optional(),
  /** `true`: ask the site now */
  refresh: z.enum(['true', 'false']).default('false'),
});

/** Where one can deploy, what a person can do there, and what is there now. */
export const siteRoutes = [
  route(
    {
      method: 'GET',
      path: '/sites',
      access: 'anyone',
      summary:
        'All sites, with your access to each as far as it is known in a short while; as lines where Accept asks for application/x-ndjson: all at once, then each again when it has answered',
      query: listSchema,
      answers: { 200: listOf(siteSchema) },
      lines: siteSchema,
    },
    async ({ person, query, services, ...call }) =>
      wantsLines(call.request)
        ? jsonLines(call, (say) => tellSites(services, person, say))
        : { body: pageOf(await listSites(services, person, query.wait * 1000), query) },
  ),
  route(
    {
      method: 'GET',
      path: '/facts',
      access: 'signed-in',
      summary:
        'What is left and offered at every site that you can use; as lines where Accept asks for application/x-ndjson: at once what is kept, then what each site tells',
      answers: { 200: z.object({ items: z.array(siteSummarySchema) }) },
      lines: siteSummarySchema,
    },
    async ({ person, services, ...call }) => {
      if (wantsLines(call.request)) return jsonLines(call, (say) => tellFacts(services, person, say));
      const last = new Map<string, SiteSummary>();
      await tellFacts(services, person, (line) => last.set(line.site, line));
      return { body: { items: [...last.values()] } };
    },
  ),
  route(
    { method: 'GET', path: '/sites/{id}', access: 'anyone', summary: 'One site, asked for your access', answers: { 200: siteSchema } },
    async ({ person, params, services: { sites, desk } }) => {
      const site = await sites.find(person?.id ?? null, params.id);
      if (!site) throw notFound('site');
      return { body: siteView(site, person ? await desk.accessNow(person, site) : undefined) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/sites/{id}/facts',
      access: 'signed-in',
      summary: 'Flavors, images, networks and quotas for one of your projects',
      query: factsQuerySchema,
      answers: { 200: siteFactsSchema },
    },
    async ({ person, params, query, services }) => {
      const site = await services.sites.find(person.id, params.id);
      if (!site) throw notFound('site');
      const entry = await services.desk.entry(person, site, query);
      if (query.refresh === 'false') return { body: await pageFacts(services, person, entry) };
      return {
        body: {
          ...(await siteFacts(services, person, entry, { maxAgeMs: NOW_MS, offerAgeMs: NOW_MS, deadlineMs: ALONE_MS })),
          refreshing: false,
        },
      };
    },
  ),
];
