import { beforeAll, expect, test } from 'vitest';
import type { Cloud } from '../types';
import { type ContractSubject, signedIn } from './subject';

/** What Octavia says, where a site has it. */
export function loadBalancers(subject: ContractSubject): void {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await signedIn(subject);
  });

  test('load balancers are listed where the catalogue has them, and what is gone is deleted again without a word', async (context) => {
    if (!cloud.loadBalancing) return context.skip('This cloud has no Octavia');
    expect(await cloud.loadBalancing.loadBalancers()).toEqual(expect.any(Array));
    await cloud.loadBalancing.deleteLoadBalancer('00000000-0000-4000-8000-000000000000');
  });
}
