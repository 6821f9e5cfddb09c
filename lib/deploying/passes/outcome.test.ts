import { expect, test } from 'vitest';
import type { Resource } from '../ledger/ledger';
import { standingLedger, withResource } from '../testing/rows';
import { failed } from './outcome';

const problem = { code: 'session-expired', title: 'Sign in again', detail: 'It ended.' } as const;

test.each<[string, Partial<Resource>, boolean, boolean]>([
  ['that was to be made, and of which no more is known', { phase: 'creating', cloud_id: null }, false, true],
  ['whose making was answered', { phase: 'creating', cloud_id: 'id-1' }, false, false],
  ['that was never asked for', { phase: 'planned', cloud_id: null }, false, false],
  ['that an unclear try may have made', { phase: 'planned', cloud_id: null, unclear: true }, false, true],
  ['that is being looked after', { phase: 'waiting' }, false, false],
  ['of which nothing is there', { phase: 'creating', cloud_id: null, unclear: true }, true, false],
])('a server %s and that is given up: it may stand all the same, %o, lost %s: %s', (_, change, lost, unclear) => {
  const ledger = withResource(standingLedger(), 'server-front', change);
  const resource = ledger.resources.find(({ key }) => key === 'server-front');
  if (!resource) throw new Error('no server');
  expect(failed(ledger, resource, problem, lost).change).toMatchObject({ phase: 'failed', unclear });
});
