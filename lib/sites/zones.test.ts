import { expect, test } from 'vitest';
import { distanceKm } from './distance';
import { placeOfZone } from './zones';

test.each([
  ['Europe/Madrid', { lat: 40.4, lon: -3.7 }],
  ['America/Chicago', { lat: 41.9, lon: -87.6 }],
  ['Europe/Kiev', { lat: 50.4, lon: 30.5 }],
  ['Asia/Calcutta', { lat: 22.6, lon: 88.4 }],
])('somebody in %s is near its city, whether the name is the new or the old one', (zone, city) => {
  const place = placeOfZone(zone);
  expect(place && distanceKm(place, city)).toBeLessThan(60);
});

test.each([['UTC'], ['Etc/GMT+1'], ['__proto__'], ['Mars/Olympus'], ['']])('%s is nowhere', (zone) => {
  expect(placeOfZone(zone)).toBeNull();
});
