import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import type { Cloud } from '@/lib/openstack/types';
import type { KeepingPorts } from '../ports';

/** A person's project in which something was deployed. */
export interface StrayPlace {
  userId: string;
  site: string;
  project: string;
}

const lost = new Set(['session-expired', 'credential-missing', 'credential-invalid', 'credential-expired', 'not-found']);

/** Enters a project by the credential that deployed there, or by another of the person's where that one is gone. @throws AppError as the desk does */
export async function enterPlace(services: KeepingPorts, place: StrayPlace, credential: string): Promise<Cloud> {
  const { store, sites, desk } = services;
  const person: Visitor | undefined = await store.db
    .selectFrom('users')
    .select(['id', 'provider', 'groups'])
    .where('id', '=', place.userId)
    .executeTakeFirst();
  const site = person && (await sites.find(person.id, place.site));
  if (!person || !site) throw notFound('site');
  try {
    return await desk.enter(person, { site, project: { id: place.project, name: place.project }, credential });
  } catch (error) {
    if (!lost.has(AppError.from(error).code)) throw error;
    return await desk.enter(person, await desk.entry(person, site, { project: place.project }));
  }
}
