import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { inCommon } from '@/lib/core/in-common';
import { Secret } from '@/lib/core/secret';
import { type CredentialsRoom, meetsRequiredGroups } from '@/lib/credentials';
import type { GroupMembership, Schema } from '@/lib/store/schema';
import { inRanges } from '@/lib/web/addresses';
import { BearerCheck, type BearerIdentity } from './bearer';
import { readSessionId } from './cookie';
import { type Known, Memberships } from './memberships';
import { findPerson, keepPerson, type PersonRow } from './people';
import { networkOf } from './person-address';
import { type RefusalKind, Refusals } from './refusals';
import { findSession, hashOf, type Session } from './sessions';
import { surroundingsOf } from './surroundings';
import { findByToken, TOKEN_PREFIX } from './tokens';
import type { Asking, Identify, Person } from './types';

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  config: Config;
  credentials: CredentialsRoom;
  cookieSecret: Secret;
  refusals?: Refusals;
  /** called when a person has brought a fresh token */
  onSignIn?(userId: string): Promise<void>;
}

type Pass = Pick<Person, 'via' | 'scope' | 'csrf' | 'pass' | 'endsAt' | 'authenticatedAt'>;

/** Makes the function that says who is asking. */
export function createIdentify(parts: Parts): Identify {
  const { db, clock, config, credentials, cookieSecret } = parts;
  const bearers = new BearerCheck(credentials, clock);
  const memberships = new Memberships(credentials, clock);
  const refusals = parts.refusals ?? new Refusals(db, clock);
  const together = inCommon<BearerIdentity & { row: PersonRow }>();

  return async (asking) => {
    const token = bearerToken(asking.headers);
    if (token) {
      const personal = token.reveal().startsWith(TOKEN_PREFIX);
      const noting = noted('token-refused', personal ? 'personal access token' : 'access token', asking);
      return await noting(() => (personal ? byToken(token) : byBearer(token, asking)));
    }
    const sid = await readSessionId(asking.headers, config, cookieSecret);
    const session = sid && (await findSession(db, clock, sid, surroundingsOf(asking.headers)));
    if (!session) return null;
    return await noted('denied', 'session', asking, session.person.id)(() => bySession(asking, session));
  };

  async function bySession(asking: Asking, session: Session): Promise<Person> {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(asking.method)) checkWrite(asking, session, config);
    const { person, csrf, ref, endsAt, authenticatedAt } = session;
    const known = await memberships.of(person);
    return letIn(person, known, { via: 'session', scope: 'write', csrf, pass: ref, endsAt, authenticatedAt });
  }

  async function byToken(token: Secret): Promise<Person> {
    const found = await findByToken(db, clock, token);
    if (!found) throw badToken();
    const { person, scope, id, endsAt } = found;
    const known = await memberships.of(person);
    return letIn(person, known, { via: 'token', scope, csrf: null, pass: id, endsAt, authenticatedAt: null });
  }

  async function byBearer(token: Secret, { headers }: Asking): Promise<Person> {
    const hash = hashOf(token.reveal());
    const network = networkOf(headers, (address) => inRanges(address, config.trustedProxies));
    // a program begins with many requests at once: for its provider they are one
    const { row, claims, expiresAt } = await together(hash, () => bringerOf(token, hash, network));
    const known: Known = claims.groups ? { groups: claims.groups } : await memberships.of(row);
    return letIn(row, known, { via: 'bearer', scope: 'write', csrf: null, pass: hash, endsAt: expiresAt, authenticatedAt: null });
  }

  async function bringerOf(token: Secret, hash: string, network: string): Promise<BearerIdentity & { row: PersonRow }> {
    const found = await bearers.identify(token, hash, network);
    if (!found) throw badToken();
    const { client, claims } = found.identity;
    const { issuer, requiredGroups } = client.provider;
    // nothing is kept of who is not let in, and says so
    if (claims.groups && !meetsRequiredGroups(claims.groups, requiredGroups)) throw notLetIn();
    const row = (found.isNew ? undefined : await findPerson(db, issuer, claims.subject)) ?? (await keep(found.identity, token));
    return { ...found.identity, row };
  }

  async function keep({ client, claims, expiresAt }: BearerIdentity, token: Secret): Promise<PersonRow> {
    const person = await keepPerson(parts, client.provider, claims, 'token');
    // kept, so that what this person deploys can be worked on while the token lasts
    await credentials.grants.keepBearer(person.id, client.provider.id, token, expiresAt);
    await parts.onSignIn?.(person.id);
    return person;
  }

  function letIn(row: PersonRow, { groups, problem }: Known, pass: Pass): Person {
    const provider = credentials.providers.find(({ id }) => id === row.provider);
    if (!provider) throw notLetIn();
    if (provider.requiredGroups.length > 0 && problem) throw notConfirmed(problem);
    if (!meetsRequiredGroups(groups, provider.requiredGroups)) throw notLetIn();
    return toPerson(row, groups, pass);
  }

  // what is refused is written down, and stays refused
  function noted(action: RefusalKind, subject: string, { headers }: Asking, userId?: string) {
    return async (work: () => Promise<Person>): Promise<Person> => {
      try {
        return await work();
      } catch (error) {
        const { code } = AppError.from(error);
        const refused = code === 'forbidden' || code === 'csrf-rejected' ? 'denied' : action;
        if (code !== 'upstream-failed') await refusals.note(refused, { userId, subject, why: code, data: { ...surroundingsOf(headers) } });
        throw error;
      }
    };
  }
}

function bearerToken(headers: Headers): Secret | null {
  const header = headers.get('authorization');
  if (header === null) return null;
  const token = /^Bearer +([A-Za-z0-9._~+/=-]{8,8000})$/i.exec(header.trim())?.[1];
  if (!token) throw badToken();
  return new Secret(token);
}

function toPerson({ id, name, email, issuer, provider, locale }: PersonRow, groups: GroupMembership[], pass: Pass): Person {
  return { id, name, email, issuer, provider, groups, locale, ...pass };
}

function checkWrite({ headers }: Asking, session: Session, config: Config): void {
  const given = Buffer.from(headers.get('x-csrf-token') ?? '');
  const wanted = Buffer.from(session.csrf);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || !isSameOrigin(headers, config)) {
    throw new AppError({
      code: 'csrf-rejected',
      title: 'This change did not come from Transat’s own pages',
      detail:
        'A change by a browser’s session needs the header X-CSRF-Token with the value that /api/v1/me gives, sent from the same origin.',
      remedy: 'Reload the page and try again. Programs use a token: “Authorization: Bearer …”.',
    });
  }
}

/** Whether a browser's request comes from Transat's own pages. */
export function isSameOrigin(headers: Headers, config: Pick<Config, 'url'>): boolean {
  if (headers.get('sec-fetch-site') === 'cross-site') return false;
  const origin = headers.get('origin');
  if (origin === null) return true; // not every same-origin request names it; the CSRF token still guards
  try {
    const { host } = new URL(origin);
    return origin === new URL(config.url).origin || host === headers.get('host');
  } catch {
    return false; // `null`: a sandboxed frame
  }
}

function badToken(): AppError {
  return new AppError({
    code: 'not-signed-in',
    title: 'The token is not good',
    detail: 'The token in the Authorization header is unknown, has ended, or is of a client that this Transat does not accept.',
    remedy: 'Make a new token in Settings → Tokens, or get a fresh access token from your sign-in provider.',
  });
}

function notLetIn(): AppError {
  return new AppError({
    code: 'forbidden',
    title: 'You are not in a group that may use this Transat',
    detail: 'The operator lets in only the members of certain virtual organisations, and you are in none of them.',
    remedy: 'Join one of them, then sign in again. The operator can tell which.',
  });
}

function notConfirmed(problem: AppError): AppError {
  const silent = problem.code === 'upstream-failed';
  return new AppError({
    code: silent ? 'upstream-failed' : 'session-expired',
    title: 'It is not known whether you still may use this Transat',
    detail: `Your groups are read again every hour, and now they could not be: ${problem.detail}`,
    cause: problem.cause,
    remedy: silent ? 'Try again in a minute.' : 'Sign in again with a browser; tokens work again from then on.',
    upstream: problem.upstream,
  });
}
