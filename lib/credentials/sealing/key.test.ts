import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { acceptNextKeyFile, nextKeyFile, presentMasterKeys, readMasterKeys } from './key';

const one = Buffer.alloc(32, 1).toString('base64');
const two = Buffer.alloc(32, 2).toString('base64');
const server = { databaseUrl: new Secret('postgres://there/db') };
const folder = (more: Partial<typeof server> = {}) => ({ dataDir: join(mkdtempSync(join(tmpdir(), 'transat-key-')), 'data'), ...more });
const mode = (path: string) => statSync(path).mode & 0o777;
const bytesOf = ({ current }: { current: { key: { reveal(): Buffer } } }) => current.key.reveal();

describe('a key that is given', () => {
  test('is the one, with the one before it, and no file is made', () => {
    const config = folder();
    const keys = readMasterKeys(config, { TRANSAT_KEY: one, TRANSAT_KEY_PREVIOUS: ` ${two}\n` });
    expect(bytesOf(keys)).toEqual(Buffer.alloc(32, 1));
    expect(keys.previous.map(({ key }) => key.reveal())).toEqual([Buffer.alloc(32, 2)]);
    expect(existsSync(config.dataDir)).toBe(false);
    expect(presentMasterKeys(config, { TRANSAT_KEY: one })).toEqual(readMasterKeys(config, { TRANSAT_KEY: one }));
    expect(readMasterKeys(config, { TRANSAT_KEY: one }).previous).toEqual([]);
  });

  test('has an id that follows from it, and does not tell it', () => {
    const id = (key: string) => readMasterKeys(folder(), { TRANSAT_KEY: key }).current.id;
    expect(id(one)).toMatch(/^[0-9a-f]{16}$/);
    expect([id(one), id(two)]).toEqual([id(` ${one} `), id(two)]);
    expect(id(one)).not.toBe(id(two));
    // rows name it: another way to make it would lose them
    expect(id(one)).toBe('c649bad1c7de03c1');
  });

  test.each([
    ['TRANSAT_KEY', { TRANSAT_KEY: 'short' }],
    ['TRANSAT_KEY', { TRANSAT_KEY: Buffer.alloc(33).toString('base64') }],
    ['TRANSAT_KEY_PREVIOUS', { TRANSAT_KEY: one, TRANSAT_KEY_PREVIOUS: 'short' }],
  ])('is refused by its name (%s) where it is no key: %j', (name, env) => {
    expect(() => readMasterKeys(folder(), env)).toThrow(
      new ConfigError(`${name} is not 32 bytes in base64. Make one with: openssl rand -base64 32`),
    );
  });
});

describe('without a key', () => {
  test('a database of several machines is not opened', () => {
    expect(() => readMasterKeys(folder(server), {})).toThrow(
      new ConfigError(
        'TRANSAT_KEY is not set. With DATABASE_URL, the key that encrypts credentials must be given: make one with `openssl rand -base64 32`, ' +
          'give every process the same, and keep a copy, because without it the stored credentials are lost.',
      ),
    );
  });

  test('the embedded database has one made, which its owner alone may read', () => {
    const config = folder();
    const keys = readMasterKeys(config, {});
    const file = join(config.dataDir, 'key');
    expect([mode(config.dataDir), mode(file), readdirSync(config.dataDir)]).toEqual([0o700, 0o600, ['key']]);
    expect(readFileSync(file, 'utf8')).toBe(`${bytesOf(keys).toString('base64')}\n`);
    expect(readMasterKeys(config, {})).toEqual(keys);
    expect(keys.previous).toEqual([]);
  });

  test('what may do without one has none, and makes none', () => {
    const config = folder();
    expect(presentMasterKeys(config, {})).toBeNull();
    expect(existsSync(config.dataDir)).toBe(false);
  });

  test('what may do without one has that which is there, where the database is embedded', () => {
    const config = folder();
    const keys = readMasterKeys(config, {});
    expect(presentMasterKeys(config, {})).toEqual(keys);
    expect(presentMasterKeys({ ...config, ...server }, {})).toBeNull();
  });
});

test.each([0o640, 0o604, 0o610, 0o601])('a key that others may read, or more (%i), is refused with what to do', (open) => {
  const config = folder();
  readMasterKeys(config, {});
  const file = join(config.dataDir, 'key');
  chmodSync(file, open);
  expect(() => readMasterKeys(config, {})).toThrow(
    new ConfigError(`Others than its owner may read ${file}, the key that encrypts credentials. Run: chmod 600 ${file}`),
  );
});

describe('the next key of one machine', () => {
  test('is made beside the present one, and both are read until it is accepted', () => {
    const config = folder();
    const first = readMasterKeys(config, {});
    const next = nextKeyFile(config, { TRANSAT_KEY_PREVIOUS: two });
    expect(next.current.id).not.toBe(first.current.id);
    expect(next.previous.map(({ id }) => id)).toEqual([first.current.id, readMasterKeys(folder(), { TRANSAT_KEY: two }).current.id]);
    expect(mode(join(config.dataDir, 'key.next'))).toBe(0o600);
    expect(readMasterKeys(config, {})).toEqual({ current: first.current, previous: [next.current] });
    // cut off and run again
    expect(nextKeyFile(config, {})).toEqual({ current: next.current, previous: [first.current] });
    acceptNextKeyFile(config);
    expect(readMasterKeys(config, {})).toEqual({ current: next.current, previous: [] });
    expect(readdirSync(config.dataDir)).toEqual(['key']);
  });

  test('is refused by its file where it is none', () => {
    const config = folder();
    readMasterKeys(config, {});
    writeFileSync(join(config.dataDir, 'key.next'), 'short\n', { mode: 0o600 });
    expect(() => nextKeyFile(config, {})).toThrow(`${join(config.dataDir, 'key.next')} is not 32 bytes in base64.`);
  });
});

test('a folder that can’t be made is said as it is', () => {
  const config = folder();
  writeFileSync(config.dataDir, '');
  expect(() => readMasterKeys(config, {})).toThrow('EEXIST');
});
