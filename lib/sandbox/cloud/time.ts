import { z } from 'zod';
import { failHost, mendHost } from '../blazar/health';
import type { Plugins } from '../blazar/plugins';
import type { Answer } from '../http/call';
import { type Route, route } from '../http/router';
import { adminBody, refuse } from './admin-body';
import type { World } from './world';

const LONGEST_DAYS = 400;
const clockSchema = z.union([
  z.strictObject({
    advanceSeconds: z
      .number()
      .min(0)
      .max(LONGEST_DAYS * 86_400),
  }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);
const hostSchema = z.strictObject({ down: z.boolean() });

/** What only time does at a real cloud: it passes, and hosts fail. */
export function timeRoutes(world: World, plugins: Plugins): Route[] {
  const now = (): Answer => ({
    status: 200,
    body: { now: new Date(world.now()).toISOString(), aheadSeconds: Math.round(world.state.aheadMs / 1000) },
  });
  return [
    route('GET', '/_clock', now),
    route('POST', '/_clock', (call) => {
      const wanted = adminBody(call, clockSchema);
      const to = 'to' in wanted ? Date.parse(wanted.to) : world.now() + wanted.advanceSeconds * 1000;
      if (to < world.now()) throw refuse('The time goes on, never back; a reset begins anew');
      if (to > world.now() + LONGEST_DAYS * 86_400_000) throw refuse(`Not more than ${LONGEST_DAYS} days at once`);
      world.moveTo(to);
      return now();
    }),
    route('PUT', '/_hosts/:id', (call) => {
      const { down } = adminBody(call, hostSchema);
      const host = world.definition.blazar?.hosts.find(({ id, name }) => id === call.params.id || name === call.params.id);
      if (!host) throw refuse(`There is no host ${call.params.id}`);
      if (down) failHost(world, plugins, host.id);
      else mendHost(world, host.id);
      return { status: 200, body: { host: host.id, down } };
    }),
  ];
}
