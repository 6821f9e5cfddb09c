import { expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { FakeCloud } from '../testing/fake-cloud';
import { securityRule } from './security-rule';
import type { Build, SpecOf } from './types';

const wanted = { direction: 'ingress', protocol: 'tcp', fromPort: 9000, toPort: 9010, cidr: '192.0.2.7/32', description: '' } as const;
const spec: SpecOf<'securityRule'> = { ...wanted, kind: 'securityRule', securityGroup: 'sg', from: 'fip', why: 'w' };

/** Creates the rule at a site that has these already, and says so. */
async function adopt(there: object[]) {
  const fake = new FakeCloud(new ManualClock(new Date('2030-01-01T00:00:00Z')));
  const cloud = fake.cloud();
  const { id } = await cloud.network.createSecurityGroup({ name: 'x-sg' }, { deployment: 'd', key: 'sg' });
  for (const rule of there) await cloud.network.createSecurityGroupRule({ ...wanted, securityGroupId: id, ...rule });
  const build: Pick<Build, 'name' | 'idOf' | 'observedOf'> = {
    name: 'x-rule',
    idOf: () => id,
    observedOf: () => ({ address: '192.0.2.7' }),
  };
  const told = { ...cloud, network: { ...cloud.network, createSecurityGroupRule: async () => 'there' as const } };
  return securityRule.create(told, spec, build as Build);
}

test('one of the same content that was there before is taken for ours', async () => {
  expect(await adopt([{}])).toMatchObject({ name: 'x-rule', observed: { address: '192.0.2.7' } });
});

test.each([
  ['fewer ports', { toPort: 9001 }],
  ['other ports', { fromPort: 8999 }],
  ['the way out', { direction: 'egress' }],
  ['another protocol', { protocol: 'udp' }],
  ['another address', { cidr: '192.0.2.8/32' }],
])('one for %s is none of ours: what is not shown is not believed', async (_name, change) => {
  await expect(adopt([change])).rejects.toMatchObject({ title: 'A rule does not show' });
});
