import type { Clock } from '@/lib/core/clock';
import type { Vault } from '@/lib/credentials/types';
import type { Lease, Moment } from '@/lib/leases/types';
import type { LeaseRules, Site } from '@/lib/sites/types';
import type { Store } from '@/lib/store';

/** What people are told of. */
export const tellings = [
  'ends-48h',
  'ends-24h',
  'ends-2h',
  'ends-30min',
  'shortened',
  'idle',
  'stacking',
  'health',
  'ended',
  'closes-24h',
  'closes-2h',
] as const;
export type Telling = (typeof tellings)[number];

export type Language = 'en' | 'es';

/** In which language somebody is told: as they chose, else as their sign-in says, else English. Pure. */
export function languageOf({ language, locale }: { language: Language | null; locale: string | null }): Language {
  return language ?? (locale?.toLowerCase().startsWith('es') ? 'es' : 'en');
}

/** What the words of a notice need. Times are ISO 8601. */
export interface About {
  /** of the lease, or of the deployment that ended with its own */
  name: string;
  site: string;
  /** where more is to be seen, below the product's address */
  path: string;
  end?: string;
  /** of an idle lease: when its site ends it */
  idleEndsAt?: string;
  /** of stacked leases: how many percent of how many days */
  percent?: number;
  days?: number;
  nodeType?: string;
  /** of a lease that is not as it should be */
  detail?: string;
  remedy?: string;
  /** names of the deployments that stand on it, or of the nodes whose disks are lost */
  names?: string[];
}

/** Something to tell, and by what key it is known. */
export interface Tell {
  what: Telling;
  key: string;
  about: About;
}

/** A lease as it is kept here, and what matters beside it. */
export interface KeptLease {
  userId: string;
  site: Pick<Site, 'id' | 'name'>;
  rules: LeaseRules;
  lease: Lease;
  path: string;
  /** when its present end was set */
  since: Moment;
  /** before it had another, which was later */
  shortened: boolean;
  /** those of the person that stand on it */
  deployments: string[];
  /** a server of theirs stands on it, or stood there since it began */
  used: boolean;
  /** the person's other leases of that node type at the site */
  others: readonly Lease[];
  nodeType?: string;
}

/** A mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** the same for the same notice, so that a mailbox can tell that it has it */
  messageId: string;
}

/** Sends a mail. @throws Undelivered */
export type SendMail = (mail: Mail) => Promise<void>;

/** It was not sent. */
export class Undelivered extends Error {
  override readonly name = 'Undelivered';
  /**
   * `again`: it surely was not, and may be tried again; `blocked`: the same, once the operator has mended what all of them wait for; `never`: it surely
   * was not, and will not be taken; `unsure`: it may have been
   */
  readonly next: 'again' | 'blocked' | 'never' | 'unsure';

  constructor(next: Undelivered['next'], why: string) {
    super(why);
    this.next = next;
  }
}

/** What this room needs of the world. */
export interface TellingPorts {
  store: Store;
  clock: Clock;
  vault: Vault;
  sites: { find(userId: string, siteId: string): Promise<Site | undefined> };
  config: { url: string };
  /** left out: the operator named no mail server */
  sendMail?: SendMail;
  /** whether the operator lets people have webhooks, and at which private addresses too */
  webhooks?: { allowedRanges: readonly string[] };
}
