import type { GroupMembership } from '@/lib/store/schema';

/** Who is asking, and how we know. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  issuer: string;
  /** id of the OpenID provider */
  provider: string;
  groups: GroupMembership[];
  locale: string | null;
  /** the browser's session, a personal access token, or an access token of a provider */
  via: 'session' | 'token' | 'bearer';
  scope: 'read' | 'write';
  /** of the browser's session; null otherwise */
  csrf: string | null;
}

/** What is looked at to know who is asking. */
export interface Asking {
  method: string;
  headers: Headers;
}

/**
 * Who is asking; null when nobody is signed in.
 * @throws AppError `not-signed-in` for a token that is not (or no longer) good, `csrf-rejected` for a write of a browser
 *   session without its CSRF header or from another origin, `forbidden` for a person outside of the required groups
 */
export type Identify = (asking: Asking) => Promise<Person | null>;
