import { checkMinting, checkRecentSignIn } from '@/lib/auth/recent';
import { notFound } from '@/lib/core/problems';
import { feedOf } from '@/lib/telling/feed';
import { changeTelling, endFeed, makeFeed, ownerOfFeed, type TellingSettings, tellingSettings } from '@/lib/telling/settings';
import { seeNotices, shownNotices } from '@/lib/telling/shown';
import {
  changedNotificationsSchema,
  feedQuerySchema,
  madeFeedSchema,
  type NotificationsView,
  noticesQuerySchema,
  noticesSchema,
  notificationsSchema,
  patchNotificationsSchema,
} from '../contract/telling';
import { route } from '../http/route';
import { strangerOf } from '../http/stranger';

const settingsView = ({ feedMadeAt, ...settings }: TellingSettings): NotificationsView => ({
  ...settings,
  feedMadeAt: feedMadeAt?.toISOString() ?? null,
});

/** How often one calendar is read, and one network guesses at the addresses of others. */
const calendars = { name: 'calendar', most: 60, seconds: 60 };
/** When the address of a calendar ends, unless it is ended. */
const never = new Date(8_640_000_000_000_000);

/** What people are told of in time, and how. */
export const tellingRoutes = [
  route(
    {
      method: 'GET',
      path: '/notices',
      access: 'signed-in',
      summary: 'What you were told of in time: leases that end, are not used or not in order; the newest first',
      query: noticesQuerySchema,
      answers: { 200: noticesSchema },
    },
    async ({ person, query, services }) => {
      const shown = await shownNotices(services.telling, person.id, query.language);
      const items = shown.map(({ at, ...notice }) => ({ ...notice, at: at.toISOString() }));
      return { body: { items, unseen: items.filter(({ seen }) => !seen).length } };
    },
  ),
  route(
    { method: 'POST', path: '/notices/seen', access: 'signed-in', summary: 'You have seen all of them so far', answers: { 204: null } },
    async ({ person, services }) => {
      await seeNotices(services.telling, person.id);
      return { status: 204 };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/notifications',
      access: 'signed-in',
      summary: 'How you are told: by e-mail, by webhook, by a calendar that you subscribe to',
      answers: { 200: notificationsSchema },
    },
    async ({ person, services }) => ({ body: settingsView(await tellingSettings(services.telling, person.id)) }),
  ),
  route(
    {
      method: 'PATCH',
      path: '/notifications',
      access: 'signed-in',
      summary: 'Change how you are told; a new webhook gets a new secret, shown this once',
      body: patchNotificationsSchema,
      answers: { 200: changedNotificationsSchema },
    },
    async ({ person, body, services: { telling } }) => {
      const { secret } = await changeTelling(telling, person.id, body);
      const settings = settingsView(await tellingSettings(telling, person.id));
      return { body: { ...settings, webhookSecret: secret?.reveal() ?? null } };
    },
  ),
  route(
    {
      method: 'POST',
      path: '/notifications/feed',
      access: 'signed-in',
      summary: 'Make the address of a calendar of your leases; it is shown this once, and ends the one before',
      answers: { 201: madeFeedSchema },
    },
    async ({ person, services: { telling, config, clock } }) => {
      checkRecentSignIn(person, config, clock, 'make the address of a calendar');
      checkMinting(person, { scope: 'read', expiresAt: never });
      const token = await makeFeed(telling, person.id);
      return { status: 201, body: { url: `${config.url}/api/v1/leases.ics?token=${token.reveal()}` } };
    },
  ),
  route(
    {
      method: 'DELETE',
      path: '/notifications/feed',
      access: 'signed-in',
      summary: 'End the calendar: its address opens nothing any more',
      answers: { 204: null },
    },
    async ({ person, services }) => {
      await endFeed(services.telling, person.id);
      return {};
    },
  ),
  route(
    {
      method: 'GET',
      path: '/leases.ics',
      access: 'anyone',
      summary: 'A calendar of leases (iCalendar), for who has its address; its token opens nothing else',
      query: feedQuerySchema,
      answers: { 200: 'stream' },
    },
    async ({ query, services, request }) => {
      const { telling, passes, tries } = services;
      const owner = await ownerOfFeed(telling, query.token);
      if (owner === undefined || !(await passes.letsIn(owner))) {
        tries.takeFrom(strangerOf(request, services), calendars);
        throw notFound('calendar');
      }
      await tries.take(owner, calendars);
      const headers = { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' };
      return new Response(await feedOf(telling, owner), { headers });
    },
  ),
];
