import { expect, test } from 'vitest';
import { handOver } from './hand-over';

test('what acts at the site in the project by the one credential acts by the other, and nothing else does', () => {
  const change = { site: 'a', project: 'p', from: 'oidc:a', to: 'cred_1' };
  const place = { site: 'a', project: 'p', credential: 'oidc:a' };
  const plan = {
    placement: { workers: { ...place, flavor: 'f' }, other: { ...place, site: 'b' } },
    resources: [
      { ...place, key: 'k', spec: { note: 'oidc:a' } },
      { ...place, project: 'q' },
      { ...place, credential: 'cred_2' },
    ],
    none: null,
  };
  const after = handOver(plan, change);
  expect(after).toEqual({
    placement: { workers: { ...place, flavor: 'f', credential: 'cred_1' }, other: { ...place, site: 'b' } },
    resources: [
      { ...place, key: 'k', spec: { note: 'oidc:a' }, credential: 'cred_1' },
      { ...place, project: 'q' },
      { ...place, credential: 'cred_2' },
    ],
    none: null,
  });
  expect(plan.placement.workers.credential).toBe('oidc:a');
});
