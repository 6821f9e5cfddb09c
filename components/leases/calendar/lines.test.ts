import { expect, it } from 'vitest';
import type { CalendarLine } from '@/lib/api/contract/lease-finder';
import { entriesOf } from './lines';
import { calendarLine } from './testing/calendar-line';

// anew each time: what was read is kept with the line
const line = (): CalendarLine => ({
  ...calendarLine('uc'),
  rows: [
    {
      uid: 'u1',
      name: 'c01-01',
      nodeType: 'gpu_a100',
      reservable: true,
      gpu: 'A100 ×4',
      memoryGiB: 512,
      perHour: 16,
      busy: [{ start: '2026-11-28T09:00:00Z', end: '2026-11-28T10:00:00Z', lease: 'lea_1' }],
    },
  ],
  flavors: [
    {
      id: 'f1',
      name: 'm1.large',
      vcpus: 4,
      ramMiB: 8192,
      diskGiB: 40,
      gpus: 0,
      perHour: 0.04,
      free: [
        { start: '2026-11-28T00:00:00Z', end: '2026-11-28T12:00:00Z', available: 3 },
        { start: '2026-11-28T12:00:00Z', end: '2026-11-28T18:00:00Z', available: 0 },
      ],
    },
  ],
});

it('hosts and flavors of a site are lines of one calendar, with times as moments', () => {
  const [host, flavor] = entriesOf([line()]);
  const start = Date.UTC(2026, 10, 28, 9);
  expect(host).toMatchObject({ id: 'u1', kind: 'gpu_a100', busy: [{ start, end: start + 3_600_000, lease: 'lea_1' }], room: null });
  expect(flavor).toMatchObject({ id: 'f1', flavor: true, memoryGiB: 8, room: [{ free: 3 }, { free: 0 }] });
});

it('a flavor is taken where none of its machines is left', () => {
  expect(entriesOf([line()])[1]?.busy).toEqual([{ start: Date.UTC(2026, 10, 28, 12), end: Date.UTC(2026, 10, 28, 18) }]);
});

it('of nothing more is known than of the time that the site was asked for', () => {
  const read = { start: Date.UTC(2026, 10, 28), end: Date.UTC(2026, 11, 12) };
  expect(entriesOf([line()]).map((entry) => entry.read)).toEqual([read, read]);
});

it('a host is shown with what it is, and a flavor with what it has', () => {
  const told = line();
  const [row] = told.rows;
  const [flavor] = told.flavors;
  if (!row || !flavor) throw new Error('The line has no rows.');
  const noon = { start: '2026-11-28T12:00:00Z', end: '2026-11-28T13:00:00Z' };
  const entries = entriesOf([
    { ...told, rows: [{ ...row, uid: 'u2', gpu: null, reservable: false, busy: [noon] }], flavors: [{ ...flavor, gpus: 2, free: null }] },
  ]);
  const read = { start: Date.UTC(2026, 10, 28), end: Date.UTC(2026, 11, 12) };
  const [start, end] = [Date.UTC(2026, 10, 28, 12), Date.UTC(2026, 10, 28, 13)];
  expect(entries).toEqual([
    {
      key: 'uc host u2',
      site: 'uc',
      kind: 'gpu_a100',
      id: 'u2',
      name: 'c01-01',
      about: [],
      memoryGiB: 512,
      perHour: 16,
      reservable: false,
      busy: [{ start, end }],
      room: null,
      read,
      flavor: false,
    },
    {
      key: 'uc flavor f1',
      site: 'uc',
      kind: '',
      id: 'f1',
      name: 'm1.large',
      about: ['4 vCPU', 'GPU ×2'],
      memoryGiB: 8,
      perHour: 0.04,
      reservable: true,
      busy: [],
      room: null,
      read,
      flavor: true,
    },
  ]);
  const [host, plain] = entriesOf([told]);
  expect([host?.about, plain?.about]).toEqual([['A100 ×4'], ['4 vCPU']]);
  expect(plain?.room).toEqual([
    { at: Date.UTC(2026, 10, 28), free: 3 },
    { at: Date.UTC(2026, 10, 28, 12), free: 0 },
  ]);
});

it('what was read once is read no second time', () => {
  const told = line();
  expect(entriesOf([told])[0]).toBe(entriesOf([told, line()])[0]);
});
