import { expect, test } from 'vitest';
import { plainSite } from '@/lib/sites/testing/site';
import { downtimeReasons, withDowntime } from './downtime';

const site = plainSite({
  downtimes: [
    { start: '2026-11-22T09:00:00.000Z', end: '2026-11-22T12:00:00.000Z', severity: 'outage', description: 'Power' },
    { start: '2026-12-01T09:00:00.000Z', end: '2026-12-01T12:00:00.000Z', severity: 'warning', description: 'Patches' },
  ],
});
const at = (time: string) => downtimeReasons(site, new Date(time));

test('an outage is told while it lasts, and a week ahead; a mere warning while it lasts', () => {
  expect(at('2026-11-22T10:00:00Z')).toMatchObject({
    down: true,
    reasons: [{ good: false, text: expect.stringContaining('until 2026-11-22 12:00 UTC: Power') }],
  });
  expect(at('2026-11-16T10:00:00Z')).toMatchObject({
    down: false,
    reasons: [{ text: expect.stringContaining('will be down from 2026-11-22 09:00 UTC') }],
  });
  expect(at('2026-11-14T10:00:00Z')).toEqual({ down: false, reasons: [] });
  expect(at('2026-12-01T10:00:00Z')).toMatchObject({ down: false, reasons: [{ text: expect.stringContaining('may be disturbed') }] });
  expect(at('2026-11-30T10:00:00Z')).toEqual({ down: false, reasons: [] });
});

test('a downtime is told before what fits, and after what stands against a site', () => {
  const [downtime, quota] = [
    { good: false, text: 'down on Friday' },
    { good: false, text: 'no cores are left' },
  ];
  expect(withDowntime({ fits: true, reasons: [quota] }, [downtime])).toEqual([downtime, quota]);
  expect(withDowntime({ fits: false, reasons: [quota] }, [downtime])).toEqual([quota, downtime]);
});
