import type { IdentityEndpoint } from './types';

/** What a site is called in messages. */
export function siteName({ name, site }: Pick<IdentityEndpoint, 'name' | 'site'>): string {
  return name ?? site;
}
