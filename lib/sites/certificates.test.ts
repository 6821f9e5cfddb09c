import { expect, test } from 'vitest';
import { certificate, privateKey } from '@/lib/web/testing/certificate';
import { readAuthorities } from './certificates';

const now = new Date('2026-11-22T00:00:00Z');

test('certificates are found among what people paste beside them', () => {
  const read = readAuthorities(`# our CA\nBag Attributes\n${certificate}\r\n${certificate}`, now);
  expect(read).toMatchObject({ authorities: [{ subject: 'CN=localhost', validTo: '2126-10-28T12:34:45.000Z' }, {}] });
  expect('pem' in read && read.pem.startsWith('-----BEGIN CERTIFICATE-----')).toBe(true);
});

test.each([
  ['nothing', '', 'no certificate'],
  ['other text', 'hello', 'no certificate'],
  ['one cut off', certificate.replace(/5OGIEE[\s\S]{90}/, ''), 'cut off'],
  ['one without its end', certificate.replace('-----END CERTIFICATE-----', ''), 'no certificate'],
  ['a private key beside it', certificate + privateKey, 'private key'],
  ['far too many', certificate.repeat(51), 'more than 50'],
])('%s is refused', (_, text, words) => {
  expect(readAuthorities(text, now)).toEqual({ fault: expect.stringContaining(words) });
});

test('one that has expired is refused with its day', () => {
  expect(readAuthorities(certificate, new Date('2127-01-01T00:00:00Z'))).toEqual({ fault: 'Certificate 1 expired on 2126-10-28.' });
});
