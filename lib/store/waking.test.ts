import { expect, test } from 'vitest';
import { type Due, type Seat, type Takes, whomToWake } from './waking';

const seats = (takes: Takes, count: number): Seat[] => Array.from({ length: count }, (_, index) => ({ id: `${takes} ${index}`, takes }));
const all = [...seats('any', 2), ...seats('first', 2), ...seats('others', 1)];

test.each<[what: string, due: Due, idle: Seat[], woken: string[]]>([
  ['nothing is due', { first: 0, others: 0 }, all, []],
  ['one of the first', { first: 1, others: 0 }, all, ['first 0']],
  ['another', { first: 0, others: 1 }, all, ['others 0']],
  ['one of each', { first: 1, others: 1 }, all, ['first 0', 'others 0']],
  ['more of the first than have places of their own', { first: 3, others: 0 }, all, ['first 0', 'first 1', 'any 0']],
  ['more of the others than have places of their own', { first: 0, others: 3 }, all, ['others 0', 'any 0', 'any 1']],
  ['more than there are places', { first: 9, others: 9 }, all, ['first 0', 'first 1', 'others 0', 'any 0', 'any 1']],
  ['one, where all take whichever', { first: 1, others: 0 }, seats('any', 4), ['any 0']],
  ['one, where nobody takes it', { first: 0, others: 1 }, seats('first', 2), []],
])('%s', (_, due, idle, woken) => expect(whomToWake(due, idle).map(({ id }) => id)).toEqual(woken));
