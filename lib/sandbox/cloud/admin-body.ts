import type { z } from 'zod';
import { check, parseJson } from '../http/body';
import { type Call, Refusal } from '../http/call';

export const refuse = (detail: string) => new Refusal({ status: 400, body: { error: detail } });

/** The body of a call of the admin's door. @throws Refusal 400 */
export function adminBody<T>(call: Call, schema: z.ZodType<T>): T {
  // a page of another origin can't send this type without being asked first, so no page can do it behind one's back
  if (!/^application\/json\b/.test(call.headers['content-type'] ?? '')) throw refuse('Send content-type: application/json');
  return check(
    schema,
    parseJson(call.text, () => refuse('The body is no JSON')),
    (fault) => refuse(`${fault.path.join('.')}: ${fault.message}`),
  );
}
