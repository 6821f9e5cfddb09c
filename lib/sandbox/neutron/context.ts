import type { z } from 'zod';
import { zulu } from '../cloud/times';
import type { World } from '../cloud/world';
import { check, parseJson } from '../http/body';
import type { Call } from '../http/call';
import type { ProjectSession } from '../keystone/sessions';
import { invalidBody, malformedBody } from './errors';
import type { Common } from './net';

/** What the routes of Neutron share. */
export interface Neutron {
  world: World;
  /** @throws Refusal 401 */
  session: (call: Call) => ProjectSession;
  /** address of Neutron, without a trailing slash */
  url: string;
}

/** The body `{"<resource>": {…}}` of a call. @throws Refusal 400 in Neutron's words */
export function bodyOf<T>(call: Call, resource: string, schema: z.ZodType<Record<string, T>>): T {
  const body = check(schema, parseJson(call.text, malformedBody), invalidBody(resource));
  const inner = body[resource];
  if (inner === undefined) throw invalidBody(resource)({ path: [], message: '', value: undefined, unknownKeys: [] });
  return inner;
}

/** Whether a request's body is about that: of several things at once it names the resource in the plural. */
export function isAbout(call: Call, resource: string): boolean {
  const body = parseJson(call.text, malformedBody);
  return typeof body === 'object' && body !== null && resource in body;
}

/** The attributes at the end of everything that Neutron shows. */
export function trailer(record: Common): Record<string, unknown> {
  return {
    description: record.description,
    tags: [...record.tags].sort(),
    created_at: zulu(record.createdAt),
    updated_at: zulu(record.updatedAt),
    revision_number: record.revision,
    project_id: record.projectId,
  };
}

/** Notes that a record was changed. */
export function changed(world: World, record: Common): void {
  record.updatedAt = world.now();
  record.revision += 1;
  world.changed();
}
