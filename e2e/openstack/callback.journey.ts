import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startProduct } from '../../scripts/lib/product';
import { root } from '../../scripts/lib/shell';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';

// this machine, as the lab's guests see it
const host = '172.24.4.1';
const tlsPort = 8443;
const port = 3020;

test('a node calls back over HTTPS to a dashboard whose authority it was given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'transat-callback-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = `-subj /CN=transat -addext subjectAltName=IP:${host}`;
  const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 ${subject} -keyout ${key} -out ${certificate}`;
  execFileSync('openssl', made.split(' '));
  const called = new Set<string>();
  const proxy = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (incoming, outgoing) => {
    called.add(incoming.url ?? '');
    const onward = request(
      { host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(tlsPort, host, resolve));
  const product = await startProduct(
    {
      ...process.env,
      TRANSAT_CONFIG: join(root, 'e2e/lab.yaml'),
      TRANSAT_DATA: folder,
      PORT: String(port),
      TRANSAT_URL: `http://localhost:${port}`,
      TRANSAT_CALLBACK_URL: `https://${host}:${tlsPort}`,
      TRANSAT_CALLBACK_CA_FILE: certificate,
    },
    'start',
    join(folder, 'web.log'),
  );
  try {
    const api = new Api(product.url, tokenOf('bob'));
    const body = { recipe: 'virtual-machine', name: 'journey callback', inputs: {} };
    await deployOnLab(api, { credential: 'oidc:lab' }, body, { machine: 'fast.small' }, 400, async (id) => {
      expect((await api.nodes(id)).map(({ channel }) => channel)).toEqual(['callback']);
      expect([...called].some((path) => path.startsWith('/api/v1/agent/'))).toBe(true);
    });
  } finally {
    await product.close();
    proxy.closeAllConnections();
    proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
