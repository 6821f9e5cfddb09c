import { expect, test } from 'vitest';
import { openApi } from './openapi';
import { routes } from './routes';

const description = openApi(routes, 'https://transat.example.org');
const paths = description.paths as Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>;

test('describes every route once, with its parameters', () => {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  expect(operations).toHaveLength(routes.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  const named = paths['/deployments/{id}/log']?.get?.parameters.map(({ name, in: place }) => `${place} ${name}`);
  expect(named).toEqual(['path id', 'query limit', 'query cursor', 'query node', 'query follow']);
});

test('has what a client must know, and survives being sent', () => {
  const text = JSON.stringify(description);
  expect(JSON.parse(text)).toEqual(description);
  expect(description).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://transat.example.org/api/v1' }] });
  const body = (path: string) => JSON.stringify((paths[path]?.post as { requestBody?: unknown } | undefined)?.requestBody);
  expect(body('/deployments')).toContain('"placement"');
  expect(body('/credentials')).toContain('"applicationCredential"');
  expect(text).toContain('text/event-stream');
});
