import { expect, test } from 'vitest';
import { refusals as en } from './en/refusals';
import { refusals as es } from './es/refusals';
import { sayRefusal } from './refusal';
import type { Translate } from './types';

// as the real one: what has no sentence is said by its key
const spanish = ((key: keyof typeof es) => es[key] ?? key) as Translate;
const codes = [...new Set(Object.keys(en).map((key) => key.split('.')[1] ?? ''))];
const upstream = { service: 'network', status: 409, message: 'No more of these.' };
const problem = { title: 'a', detail: 'b', cause: 'c', remedy: 'd', upstream };

test.each(codes)('%s is said in the person’s language, and what the site said word for word', (code) => {
  const said = sayRefusal(spanish, { code, ...problem });
  expect(said).toMatchObject({
    title: Reflect.get(es, `refusal.${code}.title`),
    cause: Reflect.get(es, `refusal.${code}.why`),
    remedy: Reflect.get(es, `refusal.${code}.do`),
    upstream,
  });
});

test('the numbers of a quota stay, and so does what has no name of its own, or is of a lease service', () => {
  expect(sayRefusal(spanish, { code: 'quota-exceeded', ...problem }).detail).toBe('b');
  const others = [
    { code: 'conflict', ...problem },
    { code: 'quota-exceeded', ...problem, upstream: { ...upstream, service: 'reservation' } },
  ];
  for (const other of others) expect(sayRefusal(spanish, other)).toBe(other);
});
