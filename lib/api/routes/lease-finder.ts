import { type CalendarLine, tellCalendar } from '@/lib/leasing/find/calendar';
import { type Hosts, tellHosts } from '@/lib/leasing/find/hosts';
import { tellWindows, wholeWindows } from '@/lib/leasing/find/windows';
import {
  calendarLineSchema,
  calendarQuerySchema,
  calendarSchema,
  hostsQuerySchema,
  hostsSchema,
  windowsQuerySchema,
  windowsSchema,
} from '../contract/lease-finder';
import { jsonLines, wantsLines } from '../http/json-lines';
import { decodeNumber, encodeCursor } from '../http/paging';
import { route } from '../http/route';
import { readTimes } from '../leases/read';

/** Each takes the work of a search over all hosts of all sites; a form asks with every answer that settles. */
const limit = { name: 'find-leases', most: 120, seconds: 60 };
const lines = 'as lines where Accept asks for application/x-ndjson';

/** What can be leased, and when: also before somebody has signed in, as far as public registries tell. */
export const leaseFinderRoutes = [
  route(
    {
      method: 'GET',
      path: '/leases/windows',
      access: 'anyone',
      limit,
      summary: `When so many hosts or machines can be had for so long, across sites, the earliest first; ${lines}, all that was found again whenever more sites have told`,
      query: windowsQuerySchema,
      answers: { 200: windowsSchema },
      lines: windowsSchema,
    },
    async ({ person, query, services, ...call }) => {
      const { from, to, mixed, ...rest } = query;
      const wish = { ...rest, mixed: mixed === 'true', ...timesOf({ from, to }, query.zone) };
      if (wantsLines(call.request)) return jsonLines(call, (say) => tellWindows(services, person, wish, say));
      return { body: await wholeWindows(services, person, wish) };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/leases/hosts',
      access: 'anyone',
      limit,
      summary: `The hosts that sites lease, by words and by what they have, with what else could be chosen; ${lines}, all that was found again whenever more sites have told`,
      query: hostsQuerySchema,
      answers: { 200: hostsSchema },
      lines: hostsSchema,
    },
    async ({ person, query: { cursor, ...query }, services, ...call }) => {
      const skip = decodeNumber(cursor);
      const page = (found: Hosts) => {
        const seen = skip + found.items.length;
        return { ...found, next: seen < found.total ? encodeCursor([seen]) : null };
      };
      const wish = { ...query, skip };
      if (wantsLines(call.request)) return jsonLines(call, (say) => tellHosts(services, person, wish, (found) => say(page(found))));
      let last: Hosts | undefined;
      await tellHosts(services, person, wish, (found) => {
        last = found;
      });
      return { body: last ? page(last) : { items: [], next: null, total: 0, facets: {}, sources: [] } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/leases/calendar',
      access: 'anyone',
      limit,
      summary: `Which hosts are taken when, site by site; ${lines}, each site’s when it has told. Whose the leases are is told of your own only`,
      query: calendarQuerySchema,
      answers: { 200: calendarSchema },
      lines: calendarLineSchema,
    },
    async ({ person, query: { from, to, zone, ...query }, services, ...call }) => {
      const wish = { ...query, ...timesOf({ from, to }, zone) };
      if (wantsLines(call.request)) return jsonLines(call, (say) => tellCalendar(services, person, wish, say));
      const items: CalendarLine[] = [];
      await tellCalendar(services, person, wish, (line) => items.push(line));
      return { body: { items } };
    },
  ),
];

function timesOf({ from, to }: { from?: string; to?: string }, zone: string | undefined) {
  return readTimes({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }, zone);
}
