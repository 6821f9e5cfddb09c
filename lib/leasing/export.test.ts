import { expect, it } from 'vitest';
import { createCommand } from '@/lib/leases/export/blazar-command';
import { hours, inHours, lease, NOW } from '@/lib/leases/testing/site';
import { requestIn } from './export';

it.each<[string, [number, number], 'now' | number, number]>([
  ['that has not begun is asked for in its time', [2, 8], inHours(2), inHours(8)],
  ['that runs, for the rest of it, from now on', [-2, 8], 'now', inHours(8)],
  ['that begins now, from now on', [0, 8], 'now', inHours(8)],
  ['that is over, for as long from now on', [-8, -2], 'now', inHours(6)],
])('as a command, a lease %s', (_name, span, start, end) => {
  const request = requestIn(lease(hours(...span)), NOW);
  expect([request.start, request.end]).toEqual([start, end]);
  const written = start === 'now' ? '--start-date now' : `--start-date '${new Date(start).toISOString().slice(0, 16).replace('T', ' ')}'`;
  expect(createCommand(request)).toContain(written);
});
