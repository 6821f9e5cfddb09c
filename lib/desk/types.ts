import type { Clock } from '@/lib/core/clock';
import type { Problem } from '@/lib/core/errors';
import type { CredentialsRoom } from '@/lib/credentials';
import type { SiteDirectory } from '@/lib/sites';
import type { Quota, Site } from '@/lib/sites/types';
import type { Store } from '@/lib/store';
import type { GroupMembership } from '@/lib/store/schema';
import type { SiteDesk } from './desk';

/** As much of a person as sites need to know of. */
export interface Visitor {
  id: string;
  /** id of the OpenID provider by which they signed in */
  provider: string;
  groups: readonly GroupMembership[];
}

/** The way into a project at a site: the credential that leads there. */
export interface Entry {
  site: Site;
  project: { id: string; name: string };
  credential: string;
}

/** What is needed to tell people of sites. */
export interface DeskPorts {
  clock: Clock;
  store: Store;
  credentials: CredentialsRoom;
  sites: SiteDirectory;
  desk: SiteDesk;
}

/** What a line about a site among many tells; null is what it has not told (yet). */
export interface SiteSummary {
  site: string;
  project: string;
  quotas: Record<'cores' | 'ramMiB' | 'instances', Quota> | null;
  /** the quotas are from then, as ISO 8601: the site does not tell them now */
  quotasSince: string | null;
  flavors: number | null;
  images: number | null;
  latencyMs: number | null;
  /** when it was told, as ISO 8601; null while it is being told */
  asOf: string | null;
  /** newer ones are being read */
  refreshing: boolean;
  /** why the site told nothing now */
  problem: Problem | null;
}
