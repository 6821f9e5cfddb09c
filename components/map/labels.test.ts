import { describe, expect, it } from 'vitest';
import { siteView } from '@/components/shared/testing/site-view';
import { labels } from './labels';
import type { Marker } from './markers';

const site = (name: string) => siteView({ id: name, name, lat: 0, lon: 0 });
const marker = (name: string, x: number, y: number, deployments = 1): Marker => ({
  x,
  y,
  sites: [site(name)],
  deployments,
  access: 'ready',
  tone: 'ok',
  used: null,
});
const texts = (found: ReturnType<typeof labels>) => found.map(({ text, anchor }) => `${text} ${anchor}`);

describe('names on the map', () => {
  it('stand to the right, and to the left near the eastern edge', () =>
    expect(texts(labels([marker('Austin', 100, 100), marker('Ankara', 1150, 300)]))).toEqual(['Austin start', 'Ankara end']));
  it('are given only where something stands', () => expect(labels([marker('Austin', 100, 100, 0)])).toEqual([]));
  it('go to the other side where a neighbour is in the way', () =>
    expect(texts(labels([marker('Lisbon', 500, 100, 2), marker('Madrid', 540, 100)]))).toEqual(['Lisbon end', 'Madrid start']));
  it('give way to the busier one where there is no room on either side', () =>
    expect(texts(labels([marker('A', 480, 100, 0), marker('Between', 500, 100, 9), marker('B', 520, 100, 0)]))).toEqual([]));
  it('say how many more stand under one mark', () =>
    expect(texts(labels([{ ...marker('Austin', 100, 100), sites: [site('Austin'), site('Dallas')] }]))).toEqual(['Austin +1 start']));
});
