import { keepPreviousData, type QueryFunctionContext, queryOptions } from '@tanstack/react-query';
import { get, readLines } from '@/components/api/client';
import { gathered } from '@/components/api/gathered';
import type { CalendarLine, LeaseHosts, LeaseWindows } from '@/lib/api/contract/lease-finder';
import type { LeaseSummary, LeasesLine, LeaseView } from '@/lib/api/contract/leases';
import { siteLines } from './calendar/site-lines';
import { isMoving } from './states';

type Query = Record<string, string | number | boolean | undefined>;

/** All leases that one can see, and what was said of sites that could not be asked. */
export interface MyLeases {
  items: LeaseSummary[];
  problems: { site: string; problem: NonNullable<LeasesLine['problem']> }[];
}

const path = (id: string, part = '') => `/leases/${encodeURIComponent(id)}${part}`;

/** Reads lines of which each replaces the one before, and shows them as they come. */
async function readLatest<T>(address: string, query: Query, { client, queryKey, signal }: QueryFunctionContext): Promise<T> {
  let last: T | undefined;
  const showing = gathered(() => client.setQueryData(queryKey, last));
  try {
    await readLines<T>('GET', address, { query, signal }, (line) => {
      last = line;
      showing.changed();
    });
  } finally {
    showing.end();
  }
  if (last === undefined) throw new Error(`${address} answered nothing`);
  return last;
}

// What is kept comes first; then each site's own word takes the place of what was kept of it.
async function readLeases(past: boolean, { client, queryKey, signal }: QueryFunctionContext): Promise<MyLeases> {
  let items: LeaseSummary[] = [];
  const problems: MyLeases['problems'] = [];
  const list = (): MyLeases => ({ items: items.toSorted(soonestFirst), problems: [...problems] });
  const showing = gathered(() => client.setQueryData(queryKey, list()));
  try {
    await readLines<LeasesLine>('GET', '/leases', { query: { past: past ? 'true' : undefined }, signal }, (line) => {
      if (line.site === null) items = line.items;
      else if (line.problem) problems.push({ site: line.site, problem: line.problem });
      else items = [...items.filter(({ site }) => site !== line.site), ...line.items];
      showing.changed();
    });
  } finally {
    showing.end();
  }
  return list();
}

const soonestFirst = (a: LeaseSummary, b: LeaseSummary): number =>
  Date.parse(a.start) - Date.parse(b.start) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);

async function readCalendar(query: Query, { client, queryKey, signal }: QueryFunctionContext): Promise<CalendarLine[]> {
  const lines = siteLines(client.getQueryData<CalendarLine[]>(queryKey) ?? []);
  const showing = gathered(() => client.setQueryData(queryKey, lines.shown()));
  try {
    await readLines<CalendarLine>('GET', '/leases/calendar', { query, signal }, (line) => {
      lines.add(line);
      showing.changed();
    });
  } finally {
    showing.end();
  }
  return lines.all();
}

const siteOf = (key: readonly unknown[] | undefined): unknown => (key?.[2] as Query | undefined)?.site;

/** What the screens read about leases; all of it lies below `['leases']`. */
export const leaseQueries = {
  mine: (past = false) =>
    queryOptions({
      queryKey: ['leases', 'mine', past],
      queryFn: (context) => readLeases(past, context),
      staleTime: 10_000,
      refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? 4_000 : 60_000),
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['leases', 'one', id],
      queryFn: ({ signal }) => get<LeaseView>(path(id), {}, signal),
      refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 2_000 : 20_000),
    }),
  windows: (query: Query) =>
    queryOptions({
      queryKey: ['leases', 'windows', query],
      queryFn: (context) => readLatest<LeaseWindows>('/leases/windows', query, context),
      staleTime: 30_000,
      placeholderData: keepPreviousData,
      meta: { anonymous: true },
    }),
  hosts: (query: Query) =>
    queryOptions({
      queryKey: ['leases', 'hosts', query],
      queryFn: (context) => readLatest<LeaseHosts>('/leases/hosts', query, context),
      staleTime: 60_000,
      // what another site has is nothing of this one
      placeholderData: (before, of) => (siteOf(of?.queryKey) === query.site ? before : undefined),
      meta: { anonymous: true },
    }),
  calendar: (query: Query) =>
    queryOptions({
      queryKey: ['leases', 'calendar', query],
      queryFn: (context) => readCalendar(query, context),
      staleTime: 60_000,
      placeholderData: keepPreviousData,
      // a line is read once and never changed: ten thousand times need not be compared with each line that comes
      structuralSharing: false,
      meta: { anonymous: true },
    }),
};
