import { expect, it } from 'vitest';
import type { Credential } from '@/lib/api/contract/credentials';
import { workingBySignIn } from './working';

const credential = (id: string, kind: Credential['kind'], usedBy: Credential['usedBy']): Credential => ({
  id,
  kind,
  usedBy,
  site: 's',
  name: id,
  project: null,
  shown: {},
  expiresAt: null,
  checkedAt: null,
  problem: null,
  checks: null,
  made: false,
  createdAt: null,
  deployments: usedBy.length,
  leases: [],
});
const at = (id: string, state: string) => ({ id, name: id, state });

it('signing out stops what is at work by one’s own sign-in: not what stands, nor what acts by another credential', () => {
  const all = [
    credential('oidc:a', 'oidc', [at('building', 'deploying'), at('standing', 'ready')]),
    credential('oidc:b', 'oidc', [at('building', 'deploying'), at('going', 'deleting')]),
    credential('cred_1', 'applicationCredential', [at('other', 'deploying')]),
  ];
  expect(workingBySignIn(all)).toEqual([
    { id: 'building', name: 'building', credential: 'oidc:a' },
    { id: 'going', name: 'going', credential: 'oidc:b' },
  ]);
});
