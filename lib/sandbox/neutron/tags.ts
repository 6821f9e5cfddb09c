import { z } from 'zod';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { Neutron } from './context';
import { invalidBody, malformedBody, neutronError, notFound } from './errors';

interface Tagged {
  id: string;
  projectId: string;
  tags: string[];
  revision: number;
  updatedAt: number;
}
const schema = z.strictObject({ tags: z.array(z.string()) });
const LONGEST = 60;

/** Tags of everything that has some (Neutron's extension `standard-attr-tag`). */
export function tagRoutes({ world, session }: Neutron): Route[] {
  const collections: Record<string, () => Tagged[]> = {
    networks: () => world.state.networks,
    subnets: () => world.state.subnets,
    ports: () => world.state.ports,
    routers: () => world.state.routers,
    floatingips: () => world.state.floatingIps,
    'security-groups': () => world.state.securityGroups,
  };
  const find = (call: Call): Tagged => {
    const { projectId } = session(call);
    const { kind = '', id = '' } = call.params;
    const found = collections[kind]?.().find((one) => one.id === id && one.projectId === projectId);
    if (!found) throw notFound('TagResourceNotFound', `Resource ${kind} ${id} could not be found.`);
    return found;
  };
  const set = (record: Tagged, tags: string[]) => {
    const long = tags.find((tag) => tag.length === 0 || tag.length > LONGEST);
    if (long !== undefined)
      throw neutronError(400, 'HTTPBadRequest', `Invalid input for operation: '${long}' exceeds maximum length of ${LONGEST}.`);
    record.tags = [...new Set(tags)];
    record.revision += 1;
    record.updatedAt = world.now();
    world.changed();
  };
  const has = (call: Call): Tagged => {
    const record = find(call);
    if (!record.tags.includes(call.params.tag ?? '')) throw notFound('TagNotFound', `Tag ${call.params.tag} could not be found.`);
    return record;
  };
  const base = '/v2.0/:kind/:id/tags';
  return [
    route('GET', base, (call) => ({ status: 200, body: { tags: [...find(call).tags].sort() } })),
    route('PUT', base, (call) => {
      const record = find(call);
      const { tags } = check(schema, parseJson(call.text, malformedBody), invalidBody('tags'));
      set(record, tags);
      return { status: 200, body: { tags } };
    }),
    route('DELETE', base, (call) => {
      set(find(call), []);
      return { status: 204 };
    }),
    route('GET', `${base}/:tag`, (call) => {
      has(call);
      return { status: 204 };
    }),
    route('PUT', `${base}/:tag`, (call) => {
      const record = find(call);
      set(record, [...record.tags, call.params.tag ?? '']);
      return { status: 201, body: null };
    }),
    route('DELETE', `${base}/:tag`, (call) => {
      const record = has(call);
      set(
        record,
        record.tags.filter((tag) => tag !== call.params.tag),
      );
      return { status: 204 };
    }),
  ];
}
