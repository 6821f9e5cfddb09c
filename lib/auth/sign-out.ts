import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { isSecure, readSessionId, sessionCookie } from './cookie';
import { isSameOrigin } from './identify';
import type { PersonRow } from './people';
import { type AuthServices, getAuth } from './services';
import { endSession, findSession, type Session } from './sessions';

/**
 * POST /api/auth/sign-out: ends the session here, revokes its tokens, and sends the browser to the provider to end its
 * session too. It answers with a redirect also when there was no session.
 * @param onSignOut what else must be ended for the person: their tokens at the sites
 */
export async function answerSignOut(request: Request, onSignOut: (person: PersonRow) => Promise<void>): Promise<Response> {
  const auth = await getAuth();
  if (!isSameOrigin(request.headers, auth.config)) {
    throw new AppError({ code: 'csrf-rejected', title: 'This did not come from Transat’s own pages', remedy: 'Use the sign-out button.' });
  }
  const sid = await readSessionId(request.headers, auth.config, auth.cookieSecret);
  const session = sid && (await findSession(auth.db, auth.clock, sid));
  const target = session ? await leave(auth, session, onSignOut) : auth.config.url;
  const cookie = `${sessionCookie(auth.config)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${isSecure(auth.config) ? '; Secure' : ''}`;
  return new Response(null, { status: 303, headers: { location: target, 'set-cookie': cookie, 'cache-control': 'no-store' } });
}

/** Ends a session, its tokens, and what else is the person's. @returns where the browser goes to end the provider's session, too */
export async function leave(auth: AuthServices, session: Session, onSignOut: (person: PersonRow) => Promise<void>): Promise<string> {
  await endSession(auth.db, session);
  // first, since it still needs the grant
  await onSignOut(session.person);
  const ended = session.grantId ? await endGrant(auth, session.grantId) : null;
  if (!ended?.idToken) return auth.config.url;
  try {
    const client = auth.credentials.openId(ended.provider);
    const end = (await client?.discover())?.end_session_endpoint;
    if (!end) return auth.config.url;
    const target = new URL(end);
    // OpenID Connect RP-Initiated Logout 1.0: the hint spares the person a question
    target.searchParams.set('id_token_hint', ended.idToken.reveal());
    target.searchParams.set('post_logout_redirect_uri', `${auth.config.url}/`);
    return target.href;
  } catch (error) {
    log.warn({ provider: ended.provider, reason: AppError.from(error).code }, 'a sign-out could not be passed on to the provider');
    return auth.config.url;
  }
}

// Who signs out is signed out, whatever else fails: the grant is noted to end, and is ended in the background.
async function endGrant({ credentials }: AuthServices, id: string): ReturnType<AuthServices['credentials']['grants']['end']> {
  try {
    return await credentials.grants.end(id);
  } catch (error) {
    log.warn({ err: AppError.from(error) }, 'a sign-in could not be ended at once');
    return null;
  }
}
