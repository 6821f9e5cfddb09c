import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type ErrorCode, errorCodes } from '@/lib/core/errors';
import { explain } from '../errors/explain';
import { about, answer, now } from '../testing/refusals';

// What real clouds answered, word for word, a file a service: whoever meets another answer adds it here with the code that it should have.
const rowSchema = z.strictObject({
  situation: z.string(),
  service: z.string(),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  purpose: z.enum(['sign-in', 'scope', 'use']).default('use'),
  signedInBy: z.enum(['oidc', 'password', 'applicationCredential']).default('oidc'),
  status: z.number().int(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown(),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]), // the keys of the closed set
});
const rows = globSync('lib/openstack/corpus/*.json').flatMap((file) => z.array(rowSchema).parse(JSON.parse(readFileSync(file, 'utf8'))));
const explained = ({ service, method, purpose, signedInBy, status, body, headers }: (typeof rows)[number]) =>
  explain(
    about({ service, method, purpose, signedInBy, protocol: 'openid', identityProvider: 'egi.eu' }),
    answer(status, body, headers),
    now,
  );

test.each(rows.map((row) => [`${row.service}: ${row.situation}`, row] as const))('%s is told by its code', (_what, row) => {
  expect(explained(row).code).toBe(row.code);
});

test('of at least sixty answers at least 95 % are told apart, with what to do; the rest keep the cloud’s own words', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
  const told = rows.map(explained);
  // what is said of any refusal, or of any fault
  const general = ['The site refused the request', 'The site has a fault'];
  const vague = told.filter(({ title, code, remedy }) => general.includes(title) || code === 'internal' || !remedy);
  expect(vague.length / told.length).toBeLessThanOrEqual(0.05);
  for (const { upstream, detail } of vague) expect(detail).toContain(upstream?.message);
});
