import { expect, it } from 'vitest';
import { isAhead, presetStart } from './preset-start';

const at = (text: string) => Date.parse(`${text}Z`);

it.each([
  ['at noon', '2026-11-28T11:00', true],
  ['a minute before', '2026-11-28T18:58', true],
  ['at 20:00', '2026-11-28T19:00', false],
  ['at 23:40', '2026-11-28T22:40', false],
])('“tonight, 20:00” in Madrid is offered while it lies ahead: %s', (_when, now, ahead) => {
  expect(isAhead('tonight', at(now), 'Europe/Madrid')).toBe(ahead);
  expect([isAhead('tomorrow', at(now), 'Europe/Madrid'), isAhead('now', at(now), 'Europe/Madrid')]).toEqual([true, true]);
});

it('tomorrow morning is 09:00 where the person is', () => {
  expect(presetStart('tomorrow', at('2026-11-28T11:00'), 'Asia/Tokyo')).toBe('2026-11-29T00:00:00.000Z');
});
