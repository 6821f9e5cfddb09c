import { test as base } from '@playwright/test';
import type { List } from '@/lib/api/contract/common';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { Api } from './api';
import { heal, sandboxUrl } from './sandbox';

// a try after the first has a process of its own
const thisTry = Date.now();
const people = ['ada', 'noah', 'max'];

/** A test of which a second try begins where the first one began: what that has left of deployments, credentials and faults is taken away. */
export const test = base.extend<{ afresh: undefined }>({
  afresh: [
    async ({ baseURL }, use, { retry }) => {
      if (retry > 0) await clearAway(baseURL ?? '');
      await use(undefined);
    },
    { auto: true },
  ],
});

async function clearAway(baseURL: string): Promise<void> {
  for (const cloud of ['europe', 'america'] as const) await heal(cloud);
  for (const person of people) {
    const { access_token: token } = await signIn(sandboxUrl, person);
    const api = new Api(baseURL, token);
    const { items: deployments } = await api.call<List<{ id: string; createdAt: string; state: string }>>('GET', '/deployments?limit=200');
    const old = deployments.filter(({ createdAt, state }) => Date.parse(createdAt) < thisTry && state !== 'deleted');
    for (const { id } of old) await api.delete(id);
    for (const { id } of old) await api.until(id, ['deleted'], 120);
    const { items: credentials } = await api.call<List<{ id: string; kind: string }>>('GET', '/credentials');
    for (const { id, kind } of credentials) if (kind === 'applicationCredential') await api.call('DELETE', `/credentials/${id}`);
  }
}
