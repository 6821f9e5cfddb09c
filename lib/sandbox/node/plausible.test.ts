import { expect, test } from 'vitest';
import { UNKNOWN } from './expand';
import { plausible } from './plausible';

const env = { NODE_NAME: 'controller', PRIVATE_ADDRESS: '10.0.0.4', WORKER_COUNT: '3' };

test.each([
  ['kubeconfig_ends', UNKNOWN, '2029-02-28T12:00:00Z'],
  ['example', 'srun -N2 hostname', 'srun -N2 hostname'],
  ['example', `srun -N${UNKNOWN} hostname`, 'srun -N3 hostname'],
  ['proof', `MPI over ${UNKNOWN} nodes`, 'MPI over 3 nodes'],
  ['version', UNKNOWN, 'sandbox'],
  ['note', `seen by ${UNKNOWN}`, 'seen by sandbox'],
  ['node_count', UNKNOWN, '3'],
  ['address', UNKNOWN, '10.0.0.4'],
])('%s, of which the script says %j, is %j', (name, text, value) => {
  expect(plausible(name, text, env)).toBe(value);
});

test.each([
  [{ WORKERS: 'one,two' }, '2 of 2'],
  [{ ADDRESSES: '10.0.0.1,10.0.0.2,10.0.0.3' }, '3 of 3'],
  [{ WORKER_COUNT: '2', PEER_COUNT: '2' }, '5 of 5'],
  [{}, '1 of 1'],
])('so many of so many are all that %j names', (told, value) => {
  expect(plausible('watched', `${UNKNOWN} of ${UNKNOWN}`, told)).toBe(value);
});

test('a latency is a number of milliseconds', () => {
  expect(plausible('latency', `${UNKNOWN} ms`, env)).toMatch(/^\d+\.\d ms$/);
});
