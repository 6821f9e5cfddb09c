import { systemClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { createCredentials, readRing } from '@/lib/credentials';
import { testKey } from '@/lib/credentials/fixtures';
import { decrypt, encrypt } from '@/lib/credentials/sealing/cipher';
import { openTestStore } from '@/lib/store/test-store';
import type { Figure } from './figure';
import { timeOf } from './time';

/** Sealing and opening the secrets of a deployment of 50 nodes: a host key and a token each. */
export async function measureSecrets(): Promise<Figure[]> {
  const store = await openTestStore();
  try {
    const env = { TRANSAT_KEY: testKey() };
    const config = readConfig({ TRANSAT_SANDBOX: '0', TRANSAT_DIRECTORY: '0' }, '/nowhere');
    const { vault } = createCredentials({ db: store.db, clock: systemClock, config, ring: readRing(config, env), env });
    const user = { id: 'u1', issuer: 'https://op', subject: 's', provider: 'op', name: 'Ada', created_at: systemClock.now() };
    await store.db.insertInto('users').values(user).execute();
    const secret = new Secret('x'.repeat(500));
    const count = 100;
    const all = <T>(work: (index: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, index) => work(index)));
    const seal = () => all((index) => vault.seal('u1', `dep:${index}`, 'deployment-secret', secret));
    const sealed = await seal();
    const open = () => all((index) => vault.open('u1', `dep:${index}`, 'deployment-secret', sealed[index] ?? Buffer.of(), 'measure'));
    const [sealing, opening, ciphers] = [await timeOf(seal), await timeOf(open), await timeOf(cipherOnly(count))];
    const baseline = { name: 'AES-256-GCM alone', value: ciphers };
    return [
      { about: 'secrets', name: `${count} sealed`, value: sealing, unit: 'ms', baseline, ratio: sealing / ciphers, limit: 10 },
      {
        about: 'secrets',
        name: `${count} opened, each noted in the audit`,
        value: opening,
        unit: 'ms',
        baseline,
        ratio: opening / ciphers,
      },
    ];
  } finally {
    await store.close();
  }
}

function cipherOnly(count: number): () => void {
  const key = Buffer.alloc(32, 1);
  const text = Buffer.alloc(500, 1);
  return () => {
    for (let index = 0; index < count; index++) decrypt(key, encrypt(key, text, ['u1', `dep:${index}`]), ['u1', `dep:${index}`]);
  };
}
