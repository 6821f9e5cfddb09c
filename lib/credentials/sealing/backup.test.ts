import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { readConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { openStore } from '@/lib/store/store';
import { backUp, restore } from './backup';
import { checkRing } from './data-keys';
import { readRing } from './ring';
import { createVault } from './vault';

const clock = new ManualClock(new Date('2026-11-28T12:00:00Z'));
const place = { kept: ['ann', 'cred_1', 'credential'] as const, why: 'try it' };
const ringOf = (dataDir: string) => readRing(readConfig({ TRANSAT_DATA: dataDir, TRANSAT_SANDBOX: '0' }, '/nowhere'), {});
const modeOf = (path: string) => statSync(path).mode & 0o777;

test('what was sealed opens on another machine that was given the copy of database and key, and on none without that key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'transat-copy-'));
  const [from, aside, to] = [join(folder, 'from'), join(folder, 'copy'), join(folder, 'to')];
  const before = await openStore({ dataDir: from });
  const row = { id: 'ann', issuer: 'i', subject: 'ann', provider: 'p', name: 'Ann', email: null, locale: null, created_at: clock.now() };
  await before.db.insertInto('users').values(row).execute();
  const sealed = await createVault({ db: before.db, clock, ring: ringOf(from) }).seal(...place.kept, new Secret('canary of ann'));
  await checkRing(before.db, ringOf(from));
  await expect(backUp(from, aside)).rejects.toMatchObject({ code: 'conflict', title: 'The embedded database is in use' });
  expect(existsSync(aside)).toBe(false);
  await before.close();

  expect(await backUp(from, aside)).toEqual(['database.tar.gz', 'key']);
  expect([aside, join(aside, 'key'), join(aside, 'database.tar.gz')].map(modeOf)).toEqual([0o700, 0o600, 0o600]);
  await expect(backUp(from, aside)).rejects.toMatchObject({ code: 'conflict' });

  expect(await restore(to, aside)).toEqual(['database.tar.gz', 'key']);
  const after = await openStore({ dataDir: to });
  expect(await after.db.selectFrom('users').select('name').execute()).toEqual([{ name: 'Ann' }]);
  await checkRing(after.db, ringOf(to));
  const opened = await createVault({ db: after.db, clock, ring: ringOf(to) }).open(...place.kept, sealed, place.why);
  expect(opened.reveal()).toBe('canary of ann');
  const other = mkdtempSync(join(tmpdir(), 'transat-copy-'));
  await expect(checkRing(after.db, ringOf(other))).rejects.toMatchObject({ code: 'not-ready' });
  await after.close();
  await expect(restore(to, aside)).rejects.toMatchObject({ code: 'conflict' });
});

test('nothing is written over, and nothing made of what is no copy', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'transat-copy-'));
  await expect(backUp(join(folder, 'none'), join(folder, 'copy'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(restore(join(folder, 'to'), join(folder, 'copy'))).rejects.toMatchObject({ code: 'not-found' });
  writeFileSync(join(folder, 'database.tar.gz'), 'no copy');
  mkdirSync(join(folder, 'keyed'));
  writeFileSync(join(folder, 'keyed', 'key'), 'a key');
  await expect(restore(join(folder, 'keyed'), folder)).rejects.toMatchObject({ code: 'conflict' });
  await expect(restore(join(folder, 'to'), folder)).rejects.toThrow();
  expect(existsSync(join(folder, 'to', 'db'))).toBe(false);
});
