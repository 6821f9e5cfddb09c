import { describe, expect, it } from 'vitest';
import { siteView } from '@/components/shared/testing/site-view';
import type { Tone } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';
import { crossings, markers } from './markers';
import { mapSize } from './projection';

const site = (id: string, lat: number | null, lon: number | null, access: SiteView['access'] = 'ready') =>
  siteView({ id, name: id, lat, lon, access });
const valencia = site('valencia', 39.47, -0.38);
const chicago = site('chicago', 41.88, -87.63, 'needs-credential');
const nanjing = site('nanjing', 32.06, 118.8);

describe('the marks on the map', () => {
  it('stand on both shores, west to the left', () => {
    const [europe, america] = markers([valencia, chicago], []);
    expect(america?.x).toBeLessThan(mapSize.width / 3);
    expect(europe?.x).toBeGreaterThan((mapSize.width * 2) / 3);
  });
  it('leave out what lies beyond the edges or has no place', () => expect(markers([nanjing, site('nowhere', null, null)], [])).toEqual([]));
  it('take neighbours together, as open as the most open of them', () => {
    const [mark, ...others] = markers([site('a', 39.5, -0.4, 'denied'), valencia], [{ id: 'd', sites: ['valencia'] }]);
    expect(others).toEqual([]);
    expect(mark).toMatchObject({ access: 'ready', deployments: 1 });
  });
});

describe('marks of what stands', () => {
  const at = (...tones: (Tone | undefined)[]) =>
    markers(
      [valencia],
      tones.map((tone, index) => ({ id: `d${index}`, sites: ['valencia'], tone })),
    )[0];
  it.each([
    [[], null],
    [['ok', 'bad', 'warn'], 'bad'],
    [['ok', 'warn', 'busy'], 'warn'],
    [['busy', 'ok'], 'busy'],
    [['idle', 'ok'], 'ok'],
    [['idle'], 'idle'],
    [[undefined], 'ok'],
  ] as const)('are as the worst of %j', (tones, tone) => expect(at(...tones)).toMatchObject({ deployments: tones.length, tone }));
  it('tell how full the fullest of neighbours is, and nothing where no site told', () => {
    const near = [valencia, site('a', 39.5, -0.4)];
    expect(
      markers(
        near,
        [],
        new Map([
          ['valencia', 0.25],
          ['a', 0.75],
        ]),
      )[0]?.used,
    ).toBe(0.75);
    expect(markers(near, [], new Map([['a', 0]]))[0]?.used).toBe(0);
    expect(markers(near, [])[0]?.used).toBeNull();
  });
});

describe('crossings', () => {
  it('are as the worst of what works over them, and none leads from a site to itself', () => {
    const over = (tone: Tone, ...sites: string[]) => ({ id: tone, sites, tone });
    const found = crossings(
      [valencia, chicago],
      [over('ok', 'valencia', 'chicago'), over('warn', 'chicago', 'valencia'), over('bad', 'chicago', 'chicago')],
    );
    expect(found.map(({ tone }) => tone)).toEqual(['warn']);
  });
  it('lead from shore to shore, once however many use them', () => {
    const found = crossings(
      [valencia, chicago],
      [
        { id: 'a', sites: ['valencia', 'chicago'] },
        { id: 'b', sites: ['chicago', 'valencia'] },
        { id: 'c', sites: ['valencia'] },
      ],
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.path).toMatch(/^M/);
  });
});
