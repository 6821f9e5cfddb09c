import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';

/** The key that wraps the data keys. `id` is stored beside what it wrapped. */
export interface MasterKey {
  id: string;
  key: Secret<Buffer>;
}

/** The present key, and the ones before it that may still be met until the next rotation. */
export interface MasterKeys {
  current: MasterKey;
  previous: MasterKey[];
}

type Environment = Record<string, string | undefined>;
type KeySource = Pick<Config, 'databaseUrl' | 'dataDir'>;

/**
 * The master keys: TRANSAT_KEY (32 bytes in base64) and TRANSAT_KEY_PREVIOUS, else the file `key` in the data folder,
 * which is made (mode 0600) only where the database is the embedded one: several machines must be given the same key.
 * @throws ConfigError when there is none, or it is not a key, or others may read the file
 */
export function readMasterKeys(config: KeySource, env: Environment): MasterKeys {
  const given = givenKeys(env);
  if (given) return given;
  if (config.databaseUrl) {
    throw new ConfigError(
      'TRANSAT_KEY is not set. With DATABASE_URL, the key that encrypts credentials must be given: make one with `openssl rand -base64 32`, ' +
        'give every process the same, and keep a copy, because without it the stored credentials are lost.',
    );
  }
  const file = keyFile(config);
  if (!existsSync(file)) makeKeyFile(config.dataDir, file);
  return keysOfFolder(config, env);
}

/** The master keys that are there; null where none was given or made. For what may do without. */
export function presentMasterKeys(config: KeySource, env: Environment): MasterKeys | null {
  const given = givenKeys(env);
  return given ?? (!config.databaseUrl && existsSync(keyFile(config)) ? keysOfFolder(config, env) : null);
}

/**
 * The next key of a single machine, in the file `key.next` beside `key`, made where it is missing. Until
 * {@link acceptNextKeyFile} both are read, so a rotation that was cut off anywhere can be run again.
 */
export function nextKeyFile(config: KeySource, env: Environment): MasterKeys {
  const { current, previous } = readMasterKeys(config, env);
  const file = nextFile(config);
  if (!existsSync(file)) makeKeyFile(config.dataDir, file);
  const next = readKeyFile(file);
  return { current: next, previous: [current, ...previous.filter(({ id }) => id !== next.id)] };
}

/** Puts the next key in the place of the former one, which is gone then. */
export function acceptNextKeyFile(config: KeySource): void {
  renameSync(nextFile(config), keyFile(config));
}

const keyFile = ({ dataDir }: KeySource) => join(dataDir, 'key');
const nextFile = ({ dataDir }: KeySource) => join(dataDir, 'key.next');

function givenKeys(env: Environment): MasterKeys | undefined {
  if (!env.TRANSAT_KEY) return undefined;
  return { current: masterKey(env.TRANSAT_KEY, 'TRANSAT_KEY'), previous: previousKeys(env) };
}

function previousKeys(env: Environment): MasterKey[] {
  return env.TRANSAT_KEY_PREVIOUS ? [masterKey(env.TRANSAT_KEY_PREVIOUS, 'TRANSAT_KEY_PREVIOUS')] : [];
}

function keysOfFolder(config: KeySource, env: Environment): MasterKeys {
  const next = nextFile(config);
  return {
    current: readKeyFile(keyFile(config)),
    previous: [...previousKeys(env), ...(existsSync(next) ? [readKeyFile(next)] : [])],
  };
}

function readKeyFile(file: string): MasterKey {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new ConfigError(`Others than its owner may read ${file}, the key that encrypts credentials. Run: chmod 600 ${file}`);
  }
  return masterKey(readFileSync(file, 'utf8'), file);
}

function makeKeyFile(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = randomBytes(32).toString('base64');
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${key}\n`, { mode: 0o600, flush: true });
    chmodSync(draft, 0o600);
    // whole or not at all, whenever the process ends; and of two that start at once, one makes the file and both read it
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function masterKey(text: string, source: string): MasterKey {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== 32) throw new ConfigError(`${source} is not 32 bytes in base64. Make one with: openssl rand -base64 32`);
  const id = createHash('sha256').update('transat key id').update(bytes).digest('hex').slice(0, 16);
  return { id, key: new Secret(bytes) };
}
