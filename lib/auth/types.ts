import type { GroupMembership } from '@/lib/store/schema';

export type { SignInRefusal } from './sign-in-refusal';

/** Who is asking, and how we know. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  issuer: string;
  /** id of the OpenID provider */
  provider: string;
  /** at most an hour old; none where they can't be known now */
  groups: GroupMembership[];
  locale: string | null;
  /** the browser's session, a personal access token, or an access token of a provider */
  via: 'session' | 'token' | 'bearer';
  scope: 'read' | 'write';
  /** of the browser's session; null otherwise */
  csrf: string | null;
  /** what they came with: a session's or a token's id, as people are shown it */
  pass: string;
  /** when that ends by itself */
  endsAt: Date;
  /** when the person proved who they are, in this session; null for tokens */
  authenticatedAt: Date | null;
}

/** What is looked at to know who is asking. */
export interface Asking {
  method: string;
  headers: Headers;
}

/**
 * Who is asking; null when nobody is signed in.
 * @throws AppError `not-signed-in` for a token that is not (or no longer) good, `csrf-rejected` for a write of a browser
 *   session without its CSRF header or from another origin, `forbidden` for a person outside of the required groups, `session-expired` or
 *   `upstream-failed` where it can't be known whether they still are in one
 */
export type Identify = (asking: Asking) => Promise<Person | null>;
