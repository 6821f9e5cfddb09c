import { expect, test } from 'vitest';
import { type Remedy, remediesOf } from './remedies';

type View = Parameters<typeof remediesOf>[2];
const none = { allowed: false };
const actions: View['actions'] = {
  stop: none,
  start: none,
  reboot: none,
  retry: none,
  configure: none,
  rebuild: none,
  cancel: none,
  change: none,
  delete: none,
};
const failed: View = {
  id: 'd1',
  recipe: 'slurm',
  addOns: [],
  state: 'failed',
  actions,
  leases: [],
};
const words = (found: Remedy[]) => found.map((remedy) => (remedy.kind === 'swap' ? 'swap' : `${remedy.kind} ${remedy.href}`));
const same = '/deploy/slurm?from=d1';
const elsewhere = 'elsewhere /deploy/slurm?from=d1&elsewhere=1';
const flavor = `flavor ${same}&step=placement`;
const swapOrAdd = ['swap', 'addCredential /settings/credentials?site=a%2Fb'];

test.each<[string, string[]]>([
  ['session-expired', swapOrAdd],
  ['credential-expired', swapOrAdd],
  ['credential-invalid', swapOrAdd],
  ['credential-missing', swapOrAdd],
  ['vo-not-mapped', ['site /sites/a%2Fb', 'swap']],
  ['project-not-yours', ['swap', 'site /sites/a%2Fb']],
  ['quota-exceeded', [`fewer ${same}`, flavor, elsewhere]],
  ['no-host-available', [flavor, elsewhere]],
  ['server-error-state', [flavor, elsewhere]],
  ['flavor-not-found', [flavor]],
  ['image-not-found', [`image ${same}&step=placement`]],
  ['network-not-found', [`network ${same}&step=placement`]],
  ['network-unreachable', [`network ${same}&step=placement`, elsewhere]],
  ['addresses-exhausted', [`network ${same}&step=placement`, elsewhere]],
  ['zone-mismatch', [flavor, elsewhere]],
  ['zone-not-found', [flavor, elsewhere]],
  ['site-unreachable', [elsewhere]],
  ['node-step-failed', [elsewhere]],
  ['node-disk-full', [flavor, elsewhere]],
  ['node-out-of-memory', [flavor, elsewhere]],
  ['node-name-unresolved', [`network ${same}&step=placement`, elsewhere]],
  ['node-mirror-unreachable', [`network ${same}&step=placement`, elsewhere]],
  ['node-cloud-init-failed', [`image ${same}&step=placement`, elsewhere]],
  ['node-clock-wrong', [elsewhere]],
  ['node-packages-locked', []],
])('%s has its buttons, the likeliest to help first', (code, expected) => {
  expect(words(remediesOf({ code }, 'a/b', failed))).toEqual(expected);
});

test('what stands is changed where it may be, and not deployed again', () => {
  const stands: View = { ...failed, state: 'degraded', actions: { ...actions, change: { allowed: true } } };
  expect(words(remediesOf({ code: 'quota-exceeded' }, 'a', stands))).toEqual(['fewer /deployments/d1/change']);
  const standsFast: View = { ...stands, actions };
  expect(remediesOf({ code: 'quota-exceeded' }, 'a', standsFast)).toEqual([]);
});

test('without a known site none is led to', () => {
  expect(words(remediesOf({ code: 'credential-expired' }, null, failed))).toEqual(['swap']);
});

test('what the reservation service refused leads to the lease first', () => {
  const upstream = { service: 'reservation', message: 'no' };
  const leased: View = { ...failed, leases: [{ id: 'l1', end: '' }] };
  expect(words(remediesOf({ code: 'upstream-refused', upstream }, 'a', leased))).toEqual(['lease /leases/l1', elsewhere]);
  expect(words(remediesOf({ code: 'upstream-refused', upstream }, 'a', failed))).toEqual([elsewhere]);
  expect(words(remediesOf({ code: 'upstream-refused' }, 'a', leased))).toEqual([elsewhere]);
});
