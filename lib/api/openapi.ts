import { z } from 'zod';
import { problemSchema } from './contract/common';
import { apiRoot } from './http/dispatch';
import { jsonLinesType } from './http/json-lines';
import type { Route } from './http/route';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of the API, made from the contracts that also check every request. */
export function openApi(routes: readonly Route[], url: string): Json {
  const paths: Record<string, Json> = {};
  for (const { spec } of routes) paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operation(spec) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Transat',
      version: '1',
      description: 'Deploy computing clusters on OpenStack sites. Errors are RFC 9457 problem+json. Writes accept Idempotency-Key.',
    },
    servers: [{ url: `${url}${apiRoot}` }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal access token, or an access token of a sign-in provider' },
        node: { type: 'http', scheme: 'bearer', description: 'The token of one node' },
      },
      schemas: { Problem: schemaOf(problemSchema, 'output') },
    },
    paths,
  };
}

function operation(spec: Route['spec']): Json {
  const pathNames = [...spec.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  return {
    summary: spec.summary,
    operationId: `${spec.method.toLowerCase()}${spec.path.replaceAll(/[^a-zA-Z]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll('}', '')}`,
    security: spec.access === 'anyone' ? [{}, { token: [] }] : [{ [spec.access === 'node' ? 'node' : 'token']: [] }],
    parameters: [
      ...pathNames.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...queryParameters(spec.query),
      ...(spec.method !== 'GET' && spec.access === 'signed-in'
        ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }]
        : []),
    ],
    ...(spec.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body, 'input') } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(spec.answers).map(([status, schema]) => [status, answer(schema, spec.lines)])),
      default: { description: 'A problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function answer(schema: Route['spec']['answers'][number] | undefined, lines: z.ZodType | undefined): Json {
  if (!schema) return { description: 'Done' };
  if (schema === 'stream') return { description: 'A stream of server-sent events', content: { 'text/event-stream': {} } };
  const content = { 'application/json': { schema: schemaOf(schema, 'output') } };
  if (!lines) return { description: 'The answer', content };
  return { description: 'The answer, or its lines', content: { ...content, [jsonLinesType]: { schema: schemaOf(lines, 'output') } } };
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input');
  const wanted = Array.isArray(required) ? required : [];
  return Object.entries(properties ?? {}).map(([name, schema]) => ({ name, in: 'query', required: wanted.includes(name), schema }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
