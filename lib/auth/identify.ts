import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { type CredentialsRoom, meetsRequiredGroups } from '@/lib/credentials';
import type { Schema } from '@/lib/store/schema';
import { BearerCheck, isLetIn } from './bearer';
import { readSessionId } from './cookie';
import { keepPerson, type PersonRow } from './people';
import { findSession, hashOf, type Session } from './sessions';
import { findByToken, TOKEN_PREFIX } from './tokens';
import type { Asking, Identify, Person } from './types';

interface Parts {
  db: Kysely<Schema>;
  clock: Clock;
  config: Config;
  credentials: CredentialsRoom;
  cookieSecret: Secret;
  /** called when a person has brought a fresh token */
  onSignIn?(userId: string): Promise<void>;
}

/** Makes the function that says who is asking. */
export function createIdentify(parts: Parts): Identify {
  const { db, clock, config, credentials, cookieSecret } = parts;
  const bearers = new BearerCheck(credentials, clock);

  return async (asking) => {
    const token = bearerToken(asking.headers);
    if (token) return token.reveal().startsWith(TOKEN_PREFIX) ? await byToken(token) : await byBearer(token);
    const sid = await readSessionId(asking.headers, config, cookieSecret);
    const session = sid && (await findSession(db, clock, sid));
    if (!session) return null;
    if (!['GET', 'HEAD', 'OPTIONS'].includes(asking.method)) checkWrite(asking, session, config);
    return letIn(toPerson(session.person, 'session', 'write', session.csrf));
  };

  async function byToken(token: Secret): Promise<Person> {
    const found = await findByToken(db, clock, token);
    if (!found) throw badToken();
    return letIn(toPerson(found.person, 'token', found.scope, null));
  }

  async function byBearer(token: Secret): Promise<Person> {
    const found = await bearers.identify(token, hashOf(token.reveal()));
    if (!found) throw badToken();
    const { client, claims, expiresAt } = found.identity;
    if (!isLetIn(client, claims)) throw notLetIn();
    const row = await keepPersonOnce(found.isNew);
    return toPerson(row, 'bearer', 'write', null);

    async function keepPersonOnce(isNew: boolean): Promise<PersonRow> {
      const known = await db
        .selectFrom('users')
        .selectAll()
        .where('issuer', '=', client.provider.issuer)
        .where('subject', '=', claims.subject)
        .executeTakeFirst();
      if (known && !isNew) return known;
      const person = await keepPerson(db, clock, client.provider, claims);
      // kept, so that what this person deploys can be worked on while the token lasts
      await credentials.grants.keepBearer(person.id, client.provider.id, token, expiresAt);
      await parts.onSignIn?.(person.id);
      return person;
    }
  }

  // The memberships are read anew with every renewal of the tokens; who has left the group is out from then on.
  function letIn(person: Person): Person {
    const provider = credentials.providers.find(({ id }) => id === person.provider);
    if (!provider || !meetsRequiredGroups(person.groups, provider.requiredGroups)) throw notLetIn();
    return person;
  }
}

function bearerToken(headers: Headers): Secret | null {
  const header = headers.get('authorization');
  if (header === null) return null;
  const token = /^Bearer +([A-Za-z0-9._~+/=-]{8,8000})$/i.exec(header.trim())?.[1];
  if (!token) throw badToken();
  return new Secret(token);
}

function toPerson(row: PersonRow, via: Person['via'], scope: Person['scope'], csrf: string | null): Person {
  const { id, name, email, issuer, provider, groups, locale } = row;
  return { id, name, email, issuer, provider, groups, locale, via, scope, csrf };
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
