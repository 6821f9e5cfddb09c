import type { CalendarLine } from '@/lib/api/contract/lease-finder';

/** A line of a site that told of two weeks, and of nothing in them. */
export const calendarLine = (site: string): CalendarLine => ({
  site,
  siteName: site,
  source: 'site',
  project: null,
  pending: false,
  problem: null,
  from: '2026-11-28T00:00:00Z',
  to: '2026-12-12T00:00:00Z',
  more: false,
  downtimes: [],
  rows: [],
  flavors: [],
});
