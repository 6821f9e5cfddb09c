import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '../connect';
import { type ContractSubject, federated } from './subject';

export function federation({ endpoint }: ContractSubject, by: NonNullable<ContractSubject['federation']>): void {
  const refused = (code: string) => expect.objectContaining({ code, remedy: expect.any(String) });

  test.each(by.members)('%s finds the projects of the VO, and acts there', async (person) => {
    const auth = federated(by, await by.accessToken(person));
    const [project] = await listProjects(endpoint, auth);
    const cloud = await connectCloud(endpoint, auth, project?.id ?? '');
    expect(cloud.identity.project).toEqual(project);
    expect(await cloud.compute.flavors()).not.toEqual([]);
  });

  test('who is in no VO that the site knows is told so', async () => {
    const auth = federated(by, await by.accessToken(by.stranger));
    await expect(listProjects(endpoint, auth)).rejects.toEqual(refused('vo-not-mapped'));
  });

  test('one that is no token, and one that has died, are told from that', async () => {
    for (const token of [new Secret('garbage'), await by.deadToken()]) {
      await expect(listProjects(endpoint, federated(by, token))).rejects.toEqual(refused('credential-expired'));
    }
  });

  test('one that has died is renewed once', async () => {
    const auth = federated(by, await by.deadToken(), await by.accessToken(by.members[0] ?? ''));
    expect(await listProjects(endpoint, auth)).not.toEqual([]);
  });

  test('the protocol is found by its other name, an unknown identity provider is refused', async () => {
    const token = await by.accessToken(by.members[0] ?? '');
    const auth = federated(by, token);
    expect(await listProjects(endpoint, { ...auth, protocol: 'oidc' })).not.toEqual([]);
    await expect(listProjects(endpoint, { ...auth, identityProvider: 'nope' })).rejects.toEqual(refused('identity-provider-unknown'));
  });
}
