import { expect, test } from 'vitest';
import { comingOf, extended } from './ends';

const now = Date.parse('2026-11-27T12:00:00Z');
const inHours = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const bare = {
  expiresAt: null,
  leaseEndsAt: null,
  nextTurn: null,
  placement: { machine: { site: 'lab', credential: 'c1' } },
  state: 'ready' as const,
};
const told = (view: object, credentials: { id: string; name: string; expiresAt: string | null }[] = []) =>
  comingOf({ ...bare, ...view }, credentials, now).map(({ what, tone, name }) => [what, tone, ...(name ? [name] : [])].join(' '));

test.each<[string, object, string[]]>([
  ['nothing has its time', {}, []],
  ['its own end', { expiresAt: inHours(72) }, ['end idle']],
  ['less than two days before it', { expiresAt: inHours(47) }, ['end warn']],
  ['less than two hours before it', { expiresAt: inHours(1.9) }, ['end bad']],
  ['two days before it', { expiresAt: inHours(48) }, ['end idle']],
  ['its lease’s end, which comes first', { expiresAt: inHours(60), leaseEndsAt: inHours(50) }, ['lease idle', 'end idle']],
  ['its schedule, which warns of nothing', { nextTurn: { at: inHours(1), does: 'stop' } }, ['stop idle']],
  ['what is deleted waits for nothing', { expiresAt: inHours(1), state: 'deleted' }, []],
  ['nor does what goes', { expiresAt: inHours(1), state: 'deleting' }, []],
])('%s', (_what, view, expected) => {
  expect(told(view)).toEqual(expected);
});

test.each<[string, number, string]>([
  ['in three weeks', 24 * 21, 'idle'],
  ['in less than two weeks', 24 * 14 - 1, 'warn'],
  ['in less than three days', 71, 'bad'],
])('a credential that it acts by ends %s', (_when, hours, tone) => {
  const others = [
    { id: 'c2', name: 'other', expiresAt: inHours(1) },
    { id: 'c1', name: 'mine', expiresAt: inHours(hours) },
  ];
  expect(told({}, others)).toEqual([`credential ${tone} mine`]);
});

test('one without an end has none', () => {
  expect(told({}, [{ id: 'c1', name: 'mine', expiresAt: null }])).toEqual([]);
});

test.each([
  ['its end', inHours(10), inHours(34)],
  ['now, where it has none', null, inHours(24)],
  ['now, where that has passed', inHours(-5), inHours(24)],
])('a day more is counted from %s', (_what, end, expected) => {
  expect(extended(end, now, 86_400_000)).toBe(expected);
});

test.each<[string, string | null, string[]]>([
  ['in a year', inHours(24 * 365), ['certificate idle Prometheus']],
  ['within a month', inHours(24 * 30 - 1), ['certificate warn Prometheus']],
  ['within three days', inHours(71), ['certificate bad Prometheus']],
  ['at a time that is not known yet', null, []],
  ['at what is no time', 'soon', []],
])('a certificate that a step signed ends %s', (_when, value, expected) => {
  const outputs = [
    { kind: 'date', label: 'Prometheus', value },
    { kind: 'text', label: 'Other', value: inHours(1) },
  ] as const;
  expect(comingOf(bare, [], now, outputs).map(({ what, tone, name }) => `${what} ${tone} ${name}`)).toEqual(expected);
});
