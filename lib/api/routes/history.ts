import { z } from 'zod';
import { checkMaySeeSecrets, checkRecentSignIn } from '@/lib/auth/recent';
import { readConsole } from '@/lib/deploying/nodes/console';
import { openRemoteConsole } from '@/lib/deploying/nodes/remote-console';
import type { Channel } from '@/lib/store';
import { listOf, listQuerySchema } from '../contract/common';
import { consoleSchema, eventSchema, logLineSchema, remoteConsoleBodySchema, remoteConsoleSchema } from '../contract/history';
import { pageOfNumbered, readEvents, readLog, tailOfLog } from '../deployments/parts';
import { eventStream } from '../http/event-stream';
import { route } from '../http/route';
import type { Services } from '../services';

/** A reader who comes without Last-Event-ID gets this many of the last log lines. */
const TAIL_LINES = 5000;

const logQuerySchema = listQuerySchema.extend({
  /** key of a node */
  node: z.string().max(100).optional(),
  follow: z.enum(['true', 'false']).default('false'),
});

const consoleQuerySchema = z.object({
  /** key of a node */
  node: z.string().max(100),
});

/** What happened to a deployment, and what its nodes printed: as a list, or live. */
export const historyRoutes = [
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/console',
      access: 'signed-in',
      of: 'deployment',
      limit: { name: 'consoles', most: 60, seconds: 60 },
      summary: 'The end of what the machine of a node has written to its console, as its site has it now',
      query: consoleQuerySchema,
      answers: { 200: consoleSchema },
    },
    async ({ params, query, services }) => ({ body: await readConsole(services.ports, params.id, query.node) }),
  ),
  route(
    {
      method: 'POST',
      path: '/deployments/{id}/remote-console',
      access: 'signed-in',
      of: 'deployment',
      limit: { name: 'consoles', most: 60, seconds: 60 },
      summary: 'Opens a console of the screen of a node’s machine at its site, where that gives one (it is noted)',
      body: remoteConsoleBodySchema,
      answers: { 200: remoteConsoleSchema },
    },
    async ({ person, params, body, services }) => {
      checkMaySeeSecrets(person);
      checkRecentSignIn(person, services.config, services.clock, 'open a console');
      const url = await openRemoteConsole(services.ports, params.id, body.node, person.id);
      return { body: { url: url.reveal() }, headers: { 'cache-control': 'no-store' } };
    },
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/events',
      access: 'signed-in',
      of: 'deployment',
      summary: 'Its history; as server-sent events where Accept asks for text/event-stream, from Last-Event-ID on',
      query: listQuerySchema,
      answers: { 200: listOf(eventSchema) },
    },
    async ({ params: { id }, query, services, request, signal, requestId }) => {
      if (!wantsStream(request)) return { body: await pageOfNumbered(query, (slice) => readEvents(services, id, slice)) };
      const source = { name: 'event', after: lastSeen(request) ?? 0, read: readEvents.bind(null, services, id) };
      return eventStream({ ...source, ...live(services, 'events', id, signal) }, { 'x-request-id': requestId });
    },
  ),
  route(
    {
      method: 'GET',
      path: '/deployments/{id}/log',
      access: 'signed-in',
      of: 'deployment',
      summary: 'What its nodes print; live as server-sent events with follow=true',
      query: logQuerySchema,
      answers: { 200: listOf(logLineSchema) },
    },
    async ({ params: { id }, query, services, request, signal, requestId }) => {
      const { node } = query;
      const read = readLog.bind(null, services, id, node);
      if (query.follow === 'false' && !wantsStream(request)) return { body: await pageOfNumbered(query, read) };
      const after = lastSeen(request) ?? (await tailOfLog(services, id, node, TAIL_LINES));
      return eventStream({ name: 'log', after, read, ...live(services, 'logs', id, signal) }, { 'x-request-id': requestId });
    },
  ),
];

function live({ listeners }: Services, channel: Channel, id: string, signal: AbortSignal) {
  return { subscribe: (onMore: () => void) => listeners.subscribe(channel, id, onMore), signal };
}

function wantsStream({ headers }: Request): boolean {
  return headers.get('accept')?.includes('text/event-stream') === true;
}

function lastSeen({ headers }: Request): number | undefined {
  const given = headers.get('last-event-id');
  return given !== null && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}
