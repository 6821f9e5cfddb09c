import { describe, expect, it } from 'vitest';
import type { SiteFactsView } from '@/lib/api/contract/sites';
import { quotaBars } from './quota-bars';

const free = { limit: 100, used: 0 };
const quotas: SiteFactsView['quotas'] = {
  cores: { limit: 20, used: 10 },
  ramMiB: { limit: null, used: 4096 },
  instances: { limit: 10, used: 2 },
  floatingIps: { limit: 1, used: 1 },
  networks: { limit: 1, used: 1 },
  routers: free,
  ports: free,
  securityGroups: free,
  volumes: free,
  volumeGiB: free,
};
const totals = {
  nodes: 3,
  vcpus: 8,
  ramMiB: 8192,
  diskGiB: 60,
  volumes: 0,
  volumeGiB: 0,
  floatingIps: 1,
  networks: 1,
  routers: 1,
  ports: 3,
  securityGroups: 1,
  seconds: 100,
};
const byName = (name: string) => quotaBars(quotas, totals).find((bar) => bar.name === name);

describe('quota bars', () => {
  it('say what is used, what this adds and what is left', () =>
    expect(byName('instances')).toMatchObject({ used: 2, adds: 3, left: 5, usedShare: 0.2, addsShare: 0.3, level: 'fits' }));
  it('warn when less than a fifth is left', () => expect(byName('cores')).toMatchObject({ left: 2, level: 'tight' }));
  it('say when it does not fit, and never draw beyond the limit', () =>
    expect(byName('floatingIps')).toMatchObject({ left: -1, usedShare: 1, addsShare: 0, level: 'over' }));
  it('leave a quota without limit open', () => expect(byName('ramMiB')).toMatchObject({ limit: null, left: null, level: 'fits' }));
  it('show the others only where they matter', () => {
    expect(byName('networks')).toMatchObject({ level: 'over' });
    expect(byName('routers')).toBeUndefined();
  });
  it('stand without a plan', () => expect(quotaBars(quotas, undefined).map((bar) => bar.adds)).toEqual([0, 0, 0, 0]));
  it('say of what was not told that it is not known, and nothing of what is left', () => {
    const { cores: _cores, ...others } = quotas;
    const bars = quotaBars(others, totals);
    expect(bars.find(({ name }) => name === 'cores')).toMatchObject({ level: 'unknown', left: null, adds: 8 });
    expect(bars.find(({ name }) => name === 'instances')).toMatchObject({ level: 'fits' });
  });
  it('say how old the numbers are that the site does not tell now', () => {
    const since = '2026-11-21T12:00:00.000Z';
    const bars = quotaBars({ ...quotas, cores: { limit: 20, used: 10, since } }, totals);
    expect(bars.find(({ name }) => name === 'cores')).toMatchObject({ left: 2, since });
    expect(bars.find(({ name }) => name === 'floatingIps')?.since).toBeUndefined();
  });
});
