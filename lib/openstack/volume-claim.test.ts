import { expect, test } from 'vitest';
import { claimOf } from './volume-claim';

const name = 'pvc-1f0a2b3c-0000-4000-8000-0123456789ab';
const description = 'Created by OpenStack Cinder CSI driver';

test.each<[string, Parameters<typeof claimOf>[0], ReturnType<typeof claimOf>]>([
  ['one of nobody in particular', { name: 'mine', metadata: {} }, {}],
  ['one without a name', { name: null, description: null, metadata: null }, {}],
  [
    'what the driver notes of a cluster',
    { name: 'x', metadata: { 'cinder.csi.openstack.org/cluster': 'kubernetes' } },
    { claim: { cluster: 'kubernetes' } },
  ],
  [
    'what it notes beside it of the claim',
    { metadata: { 'csi.storage.k8s.io/pvc/name': 'data', 'csi.storage.k8s.io/pvc/namespace': 'shop' } },
    { claim: { name: 'shop/data' } },
  ],
  [
    'what Kubernetes itself once noted',
    { metadata: { 'kubernetes.io/created-for/pvc/name': 'data', 'kubernetes.io/created-for/pvc/namespace': 'shop' } },
    { claim: { name: 'shop/data' } },
  ],
  ['a claim of no namespace', { metadata: { 'csi.storage.k8s.io/pvc/name': 'data' } }, { claim: { name: 'data' } }],
  ['by its name and description', { name, description }, { claim: {} }],
  ['not by its name alone', { name, description: 'mine' }, {}],
  ['not by its description alone', { name: 'pvc-mine', description }, {}],
  ['not by what is no text', { metadata: { 'cinder.csi.openstack.org/cluster': 7 } }, {}],
])('the claim of a volume: %s', (_what, raw, expected) => {
  expect(claimOf(raw)).toEqual(expected);
});
