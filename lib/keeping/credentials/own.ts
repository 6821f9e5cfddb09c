import { invalidInput } from '@/lib/core/problems';
import type { CredentialRecord } from '@/lib/credentials';
import type { Visitor } from '@/lib/desk/types';
import type { Site } from '@/lib/sites/types';
import type { KeepingPorts } from '../ports';
import type { NewCredential, OwnNames } from '../types';
import { type Given, sameEndpoint, shownOf } from './given';

/** Whether a credential's secret is in its owner's own store, and only its name is here. */
export const isOwn = ({ shown }: Pick<CredentialRecord, 'shown'>): boolean => 'secretName' in shown;

/** What a person has in their own secrets store. Same errors as `OwnStore.list`. */
export async function listOwn({ credentials }: KeepingPorts, person: Visitor): Promise<OwnNames> {
  if (!credentials.ownStore) return { available: false, names: [] };
  return { available: true, names: await credentials.ownStore.list(person.id) };
}

/**
 * Reads a secret of the person's own store for a site; what is to be stored of it is its name.
 * @throws AppError `invalid-input` naming the field; otherwise as `OwnStore.read`
 */
export async function readOwn(
  { credentials }: KeepingPorts,
  person: Visitor,
  given: Extract<NewCredential, { kind: 'ownStore' }>,
  site: Site,
): Promise<Given> {
  const name = given.secretName;
  if (!credentials.ownStore) {
    throw invalidInput([{ path: 'kind', message: 'This Transat knows no secrets store of people’s own.' }]);
  }
  const { login, authUrl, project } = await credentials.ownStore.read(person.id, name, `add it for site ${site.id}`);
  if (authUrl !== undefined && !sameEndpoint(authUrl, site.authUrl)) {
    throw invalidInput([{ path: 'secretName', message: `The auth_url of this secret is not that of ${site.name}.` }]);
  }
  return { login, kept: { kind: 'ownStore', name }, shown: { ...shownOf(login), secretName: name }, project };
}
