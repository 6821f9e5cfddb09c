import { z } from 'zod';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { showPort } from '../neutron/ports';
import type { ServerRecord } from '../state/records';
import { serverAction } from './actions';
import { invalidBody, malformedBody, novaFault } from './errors';
import type { ServerLife } from './life';
import { createServers } from './new-server';
import { page } from './paging';
import { portsOf, serverLinks, showServer } from './show-server';
import { microversion } from './version';

const changedServer = z.object({
  server: z.strictObject({
    name: z.string().min(1).max(255).optional(),
    description: z.string().nullish(),
    hostname: z.string().optional(),
  }),
});
const metadataBody = z.object({ metadata: z.record(z.string(), z.string().max(255)) });

/** The server that a call names, in its project. @throws Refusal 404 */
export function serverOf(world: World, session: ProjectSession, id: string | undefined): ServerRecord {
  const server = world.state.servers.find((one) => one.id === id && one.projectId === session.projectId);
  if (!server) throw novaFault(404, `Instance ${id} could not be found.`);
  return server;
}

export function serverRoutes(world: World, session: (call: Call) => ProjectSession, life: ServerLife): Route[] {
  const mine = (call: Call) => serverOf(world, session(call), call.params.id);
  const listed = (call: Call) => page(call, matching(world, call, session(call).projectId), `${world.url}/compute/v2.1${call.path}`);
  return [
    route('GET', '/servers', (call) => {
      const { items, next } = listed(call);
      const servers = items.map(({ id, name }) => ({ id, name, links: serverLinks(world, id) }));
      return { status: 200, body: { servers, ...(next ? { servers_links: next } : {}) } };
    }),
    route('GET', '/servers/detail', (call) => {
      const { items, next } = listed(call);
      const minor = microversion(call);
      return {
        status: 200,
        body: {
          servers: items.map((server) => withoutHiddenFault(showServer(world, server, minor), server)),
          ...(next ? { servers_links: next } : {}),
        },
      };
    }),
    route('POST', '/servers', (call) => {
      const { servers, body } = createServers(world, call, session(call));
      for (const server of servers) life.begin(server);
      return { status: 202, headers: { Location: `${world.url}/compute/v2.1/servers/${servers[0]?.id}` }, body };
    }),
    route('GET', '/servers/:id', (call) => ({ status: 200, body: { server: showServer(world, mine(call), microversion(call)) } })),
    route('PUT', '/servers/:id', (call) => {
      const server = mine(call);
      const { server: given } = check(changedServer, parseJson(call.text, malformedBody), invalidBody);
      server.name = given.name ?? server.name;
      if (given.description !== undefined) server.description = given.description;
      server.updatedAt = world.now();
      world.changed();
      return { status: 200, body: { server: showServer(world, server, microversion(call)) } };
    }),
    route('DELETE', '/servers/:id', (call) => {
      life.remove(mine(call));
      return { status: 204 };
    }),
    route('POST', '/servers/:id/action', (call) => serverAction(mine(call), call, life)),
    route('GET', '/servers/:id/os-interface', (call) => ({
      status: 200,
      body: {
        interfaceAttachments: portsOf(world, mine(call)).map((port) => ({
          net_id: port.networkId,
          port_id: port.id,
          mac_addr: port.mac,
          port_state: port.status,
          fixed_ips: showPort(port).fixed_ips,
        })),
      },
    })),
    route('GET', '/servers/:id/metadata', (call) => ({ status: 200, body: { metadata: mine(call).metadata } })),
    route('POST', '/servers/:id/metadata', (call) => {
      const server = mine(call);
      const { metadata } = check(metadataBody, parseJson(call.text, malformedBody), invalidBody);
      Object.assign(server.metadata, metadata);
      world.changed();
      return { status: 200, body: { metadata: server.metadata } };
    }),
    route('GET', '/servers/:id/tags', (call) => ({ status: 200, body: { tags: mine(call).tags } })),
    route('PUT', '/servers/:id/tags', (call) => {
      const server = mine(call);
      const { tags } = check(
        z.object({ tags: z.array(z.string().min(1).max(60)).max(50) }),
        parseJson(call.text, malformedBody),
        invalidBody,
      );
      server.tags = [...new Set(tags)];
      world.changed();
      return { status: 200, body: { tags: server.tags } };
    }),
  ];
}

/** The project's servers that the query asks for, newest first. `name` is a regular expression, as Nova's is. */
function matching(world: World, call: Call, projectId: string): ServerRecord[] {
  const { query } = call;
  const name = pattern(query.get('name'));
  const tags = query.get('tags')?.split(',') ?? [];
  const status = query.get('status')?.toUpperCase();
  const flavor = query.get('flavor');
  return world.state.servers
    .filter((server) => server.projectId === projectId)
    .filter((server) => !name || name.test(server.name))
    .filter((server) => tags.every((tag) => server.tags.includes(tag)))
    .filter((server) => !status || server.status === status)
    .filter((server) => !flavor || server.flavorId === flavor)
    .sort((one, other) => other.createdAt - one.createdAt || one.id.localeCompare(other.id));
}

function pattern(text: string | null): RegExp | null {
  if (!text) return null;
  try {
    return new RegExp(text);
  } catch {
    throw novaFault(400, `Invalid input for query parameters name. Value: ${text}. '${text}' is not a 'regex'`);
  }
}

// As the real Nova does, which keeps a server that found no host in a cell that its lists read no faults from.
function withoutHiddenFault(shown: Record<string, unknown>, { fault }: ServerRecord): Record<string, unknown> {
  if (!fault?.message.startsWith('No valid host')) return shown;
  const { fault: _, ...rest } = shown;
  return rest;
}
