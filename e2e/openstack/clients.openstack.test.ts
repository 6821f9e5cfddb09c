import { afterAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { listProjects } from '@/lib/openstack';
import { cloudContract } from '@/lib/openstack/contract';
import { closeDoors } from '@/lib/web';
import { lab, providerCa, providerUrl } from './lab';

afterAll(closeDoors);

cloudContract('the real OpenStack', lab);

test('a server whose certificate nobody vouches for gets no secret; with its authority named it is spoken to', async () => {
  const auth = { kind: 'password', user: { name: 'ann', domain: 'Default' }, password: new Secret('canary') } as const;
  const at = (ca?: string) => listProjects({ site: 'tls', authUrl: providerUrl, allowPrivate: true, ca }, auth);
  await expect(at()).rejects.toMatchObject({ code: 'site-tls-untrusted' });
  await expect(at(providerCa)).rejects.toMatchObject({ upstream: { service: 'identity', status: 404 } });
});
