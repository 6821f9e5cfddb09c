import { expect, test } from 'vitest';
import type { LedgerJobView } from '@/lib/api/contract/ledger';
import { crossingsNow, jobName } from './crossings';

const now = Date.parse('2026-11-28T12:00:00Z');
const iso = (second: number) => new Date(now + second * 1000).toISOString();
const job = (more: Partial<LedgerJobView>) =>
  ({
    id: 'j',
    pair: 'p',
    origin: { id: 'eu' },
    ran: { id: 'us' },
    state: 'Running',
    crossed: true,
    submittedAt: iso(-60),
    startedAt: iso(-10),
    finishedAt: null,
    settled: false,
    ...more,
  }) as LedgerJobView;
const at = (id: string) => ({ id, name: '', region: null, dialect: null });
const pairs = [
  { id: 'p', name: 'fish', origin: at('eu'), worker: at('us') },
  { id: null, name: 'birds', origin: at('eu'), worker: at('us') },
];

test.each<[string, Partial<LedgerJobView>, string[]]>([
  [
    'has left and is nowhere yet',
    { state: 'Crossing', crossed: false, ran: { id: 'eu' } as LedgerJobView['ran'], startedAt: null },
    ['eu us out'],
  ],
  ['has left, of a pair that is gone', { state: 'Crossing', pair: 'other' }, []],
  ['has left, of a pair that was made elsewhere', { state: 'Crossing', pair: 'other', service: 'birds', startedAt: null }, ['eu us out']],
  [
    'has left, of a service of that name on another cluster',
    { state: 'Crossing', pair: 'other', service: 'birds', origin: { id: 'us' } as LedgerJobView['origin'] },
    [],
  ],
  ['waits on the other side', { state: 'Pending', startedAt: null }, ['eu us out']],
  ['runs there', {}, ['eu us there']],
  ['has ended, and its results come back', { state: 'Succeeded', finishedAt: iso(-20) }, ['eu us back']],
  ['is all there just now', { state: 'Succeeded', finishedAt: iso(-8), settled: true }, ['eu us back']],
  ['was all there a while ago', { state: 'Succeeded', finishedAt: iso(-8.1), settled: true }, []],
  ['was removed', { state: 'Gone' }, []],
  ['stayed', { crossed: false, ran: { id: 'eu' } as LedgerJobView['ran'] }, []],
])('a job that %s', (_, more, shown) => {
  expect(crossingsNow([job(more)], pairs, now).map(({ from, to, phase }) => `${from} ${to} ${phase}`)).toEqual(shown);
});

test('the oldest first', () => {
  const jobs = [job({ id: 'b', submittedAt: iso(-5) }), job({ id: 'a', submittedAt: iso(-9) })];
  expect(crossingsNow(jobs, pairs, now).map(({ id }) => id)).toEqual(['a', 'b']);
});

test.each([
  [{ object: 'fish/in/reef.png', seen: [], id: 'j' }, 'reef.png'],
  [{ object: null, seen: [{ cluster: 'eu', name: 'fish-1', state: 'Pending' }], id: 'j' }, 'fish-1'],
  [{ object: null, seen: [], id: 'j' }, 'j'],
])('a job is called by what is known of it: %j', (known, name) => {
  expect(jobName(known)).toBe(name);
});
