import type { Kysely } from 'kysely';
import { type Clock, systemClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import type { Secret } from '@/lib/core/secret';
import { type CredentialsRoom, getCredentials } from '@/lib/credentials';
import { resumeWork } from '@/lib/deploying/requests/resume';
import { getDeploying } from '@/lib/deploying/work/room';
import { getStore } from '@/lib/store';
import type { Schema } from '@/lib/store/schema';
import { cookieSecret } from './cookie';
import { createIdentify } from './identify';
import { Refusals } from './refusals';
import type { Identify } from './types';

/** What signing in works with. */
export interface AuthServices {
  db: Kysely<Schema>;
  clock: Clock;
  config: Config;
  credentials: CredentialsRoom;
  cookieSecret: Secret;
  identify: Identify;
  refusals: Refusals;
  /** called when a person has brought fresh tokens */
  onSignIn(userId: string): Promise<void>;
}

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.auth');
type Holder = typeof globalThis & { [key]?: Promise<AuthServices> };

/** The sign-in services of this process. */
export function getAuth(): Promise<AuthServices> {
  const holder: Holder = globalThis;
  holder[key] ??= open().catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

async function open(): Promise<AuthServices> {
  const config = readConfig(process.env, process.cwd());
  const [{ db }, credentials, ports] = await Promise.all([getStore(), getCredentials(), getDeploying()]);
  const onSignIn = (userId: string) => resumeWork(ports, userId);
  const parts = {
    db,
    clock: systemClock,
    config,
    credentials,
    cookieSecret: cookieSecret(config, process.env),
    refusals: new Refusals(db, systemClock),
    onSignIn,
  };
  return { ...parts, identify: createIdentify(parts) };
}
