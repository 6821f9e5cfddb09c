import { X509Certificate } from 'node:crypto';
import { createServer as createPlainServer } from 'node:net';
import { createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { certificatesIn, presentedCertificate } from './certificate';
import { certificate, privateKey } from './testing/certificate';
import { signed } from './testing/signed-certificate';

const peer = (address: string, allowPrivate = true) => ({ id: 'x', kind: 'cluster' as const, address, allowPrivate });

test('a certificate that nobody signed is seen with its fingerprint, and nothing is sent to whoever presents it', async () => {
  let received = 0;
  const server = createServer({ cert: certificate, key: privateKey }, (socket) => {
    socket.on('data', (bytes) => (received += bytes.length));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const seen = await presentedCertificate(peer(`https://127.0.0.1:${port}`));
  expect(seen?.fingerprint).toBe(new X509Certificate(certificate).fingerprint256);
  await new Promise((resolve) => server.close(resolve));
  expect(received).toBe(0);
  expect(await presentedCertificate(peer(`https://127.0.0.1:${port}`)), 'nobody is there any more').toBeNull();
});

test('where nothing may go, nothing is looked at', () => {
  expect(() => presentedCertificate(peer('https://127.0.0.1', false))).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
});

test('whoever sends a little from time to time, and never a certificate, is not waited for longer', async () => {
  // a handshake record of 16 KiB, of which a byte comes now and then
  const server = createPlainServer((socket) => {
    socket.write(Buffer.from([22, 3, 3, 64, 0]));
    const dripping = setInterval(() => socket.write(Buffer.from([2])), 20);
    socket.on('error', () => undefined).on('close', () => clearInterval(dripping));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const began = performance.now();
  expect(await presentedCertificate(peer(`https://127.0.0.1:${port}`), 200)).toBeNull();
  expect(performance.now() - began).toBeLessThan(3_000);
  await new Promise((resolve) => server.close(resolve));
});

test('the certificates of a PEM are described in their order, and what is none is left out', () => {
  expect(certificatesIn(`a note\n${signed.cert}\n${certificate}`)).toMatchObject([
    {
      subject: 'CN=oscar of tests',
      issuer: 'CN=An authority of tests',
      validFrom: '2026-11-29T10:23:47.000Z',
      fingerprint: new X509Certificate(signed.cert).fingerprint256,
      pem: signed.cert,
    },
    { subject: 'CN=localhost', issuer: 'CN=localhost' },
  ]);
  expect(certificatesIn('nothing')).toEqual([]);
});
