import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '@/lib/core/config';
import { startTestSandbox } from '@/lib/sandbox/testing/start';
import { openTestStore } from '@/lib/store/test-store';
import { closeDoors } from '@/lib/web';
import { createDirectory } from '../directory';
import { downtimeNow } from './downtimes';
import { refreshSource, sourcesOf } from './sources';

test('the sandbox’s directory tells of a site that is down, of one that will be, and of one that has left it', async () => {
  const [sandbox, store] = await Promise.all([startTestSandbox(), openTestStore()]);
  onTestFinished(async () => {
    await closeDoors();
    await Promise.all([sandbox.end(), store.close()]);
  });
  const { clock } = sandbox;
  const config = readConfig({ TRANSAT_SANDBOX: '1', TRANSAT_SANDBOX_URL: sandbox.url }, '/nowhere');
  const sources = sourcesOf(config, clock.now());
  expect(sources.map(({ id }) => id)).toEqual(['sandbox-sites', 'sandbox-downtimes']);
  const before = createDirectory(config, [], store.db, clock);
  expect((await before.of(null)).filter(({ goneSince, downtimes = [] }) => goneSince || downtimes.length > 0)).toEqual([]);

  for (const source of sources) expect(await refreshSource(store.db, clock, source)).toBe(true);
  // who looked before there was anything to see looks again soon
  clock.advance(3_000);
  const directory = before;
  const now = clock.now();
  const find = async (id: string) => directory.find(null, `sandbox-${id}`);
  expect(downtimeNow((await find('portugal'))?.downtimes ?? [], now)).toMatchObject({ severity: 'outage' });
  const europe = await find('europe');
  expect(downtimeNow(europe?.downtimes ?? [], now)).toBeUndefined();
  expect(europe?.downtimes).toMatchObject([{ start: '2026-11-26T08:00:00.000Z', end: '2026-11-26T12:00:00.000Z' }]);
  expect(await find('america')).toMatchObject({ downtimes: [] });
  expect(await find('poland')).toMatchObject({ goneSince: new Date(now.getTime() - 3_000).toISOString() });
  expect((await directory.of(null)).map(({ id }) => id)).toContain('sandbox-poland');

  clock.advance(4 * 86_400_000);
  expect((await directory.of(null)).map(({ id }) => id)).not.toContain('sandbox-poland');
  expect(await find('poland')).toBeDefined();
});
