import { expect, test } from 'vitest';
import { faultsOf } from './faults';

const good = { zone: 'Europe/Madrid', days: [1, 5], start: '08:00', stop: '19:30' };

test.each([
  ['what is whole', {}, []],
  ['every day', { days: [1, 2, 3, 4, 5, 6, 7] }, []],
  ['the ends of a day', { start: '00:00', stop: '23:59' }, []],
  ['no zone', { zone: 'Nowhere' }, ['schedule.zone']],
  ['an offset', { zone: '+01:00' }, ['schedule.zone']],
  ['no day', { days: [] }, ['schedule.days']],
  ['a day twice', { days: [1, 1] }, ['schedule.days']],
  ['a day before Monday', { days: [0, 1] }, ['schedule.days']],
  ['an eighth day', { days: [8] }, ['schedule.days']],
  ['an hour that is none', { start: '24:00' }, ['schedule.start']],
  ['a minute that is none', { stop: '10:60' }, ['schedule.stop']],
  ['half a time', { stop: '9:30' }, ['schedule.stop']],
  ['both at once', { start: '08:00', stop: '08:00' }, ['schedule.stop']],
])('of %s the faults are %j', (_what, change, fields) => {
  expect(faultsOf({ ...good, ...change }).map(({ path }) => path)).toEqual(fields);
});
