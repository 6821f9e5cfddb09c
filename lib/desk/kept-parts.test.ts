import { expect, it } from 'vitest';
import type { SiteFacts } from '@/lib/sites/types';
import { withKeptParts } from './kept-parts';

const unlimited = { limit: null, used: 0 };
const facts = (zones: string[], types: string[], gaps: string[]): SiteFacts => ({
  flavors: [],
  images: [],
  networks: [],
  quotas: {
    cores: unlimited,
    ramMiB: unlimited,
    instances: unlimited,
    floatingIps: unlimited,
    networks: unlimited,
    routers: unlimited,
    ports: unlimited,
    securityGroups: unlimited,
    volumes: unlimited,
    volumeGiB: unlimited,
  },
  availabilityZones: zones,
  volumeTypes: types,
  asOf: '2026-11-21T12:00:00.000Z',
  gaps: gaps.map((part) => ({ part, problem: { code: 'deadline-passed', title: 'late', detail: 'late' } })),
});

it('fills a gap with what the site told before, again and again, and takes all else as it is now', () => {
  const first = facts(['nova'], ['ssd'], []);
  const second = withKeptParts(facts([], [], ['availability zones']), first);
  expect(second).toMatchObject({ availabilityZones: ['nova'], volumeTypes: [], gaps: [{ part: 'availability zones' }] });
  expect(withKeptParts(facts([], ['hdd'], ['availability zones']), second)).toMatchObject({
    availabilityZones: ['nova'],
    volumeTypes: ['hdd'],
  });
});
