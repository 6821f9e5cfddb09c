import { expect, test } from 'vitest';
import { en } from '@/components/messages/en';
import { es } from '@/components/messages/es';
import { sayRemark } from '@/components/messages/remark';
import { translator } from '@/components/messages/translate';
import { remarkTexts } from '@/lib/credentials/files/remarks';
import { keyProblems } from '@/lib/keeping/public-key';
import { leaseTexts } from '@/lib/leases/words/texts';

const english = translator('en', en);
const spanish = translator('es', es);
const all = [
  ...Object.entries(remarkTexts).map(([key, text]) => [`file.${key}`, text] as const),
  ...Object.entries(keyProblems).map(([key, text]) => [`sshKey.${key}`, text] as const),
  ...Object.entries<string | { other: string }>(leaseTexts).map(
    ([key, text]) => [`leaseSaid.${key}`, typeof text === 'string' ? text : text.other] as const,
  ),
];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

test.each(all)('%s is said in English as the API says it, and in Spanish with the same parameters', (key, text) => {
  expect(sayRemark(english, { key, params: {} })).toBe(text);
  const translated = sayRemark(spanish, { key, params: {} });
  expect(translated).not.toBe(text);
  expect(placeholders(translated ?? '')).toEqual(placeholders(text));
});

test('a kind of value is a word of the language, and what has no sentence here is left to who asked', () => {
  expect(sayRemark(spanish, { key: 'file.otherText', params: { name: 'password', kind: 'number' } })).toContain('como número');
  expect(sayRemark(english, { key: 'file.newer', params: {} })).toBeUndefined();
});
