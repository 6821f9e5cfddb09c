import { type Answer, Refusal } from '../http/call';

const titles: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict' };

/** Keystone's error shape; a 401 names the identity service. `identity` as Keystone adds it to some 401s. */
export function keystoneError(status: number, message: string, url: string, identity?: Record<string, unknown>): Refusal {
  const headers: Record<string, string> = { Vary: 'X-Auth-Token' };
  if (status === 401) headers['WWW-Authenticate'] = `Keystone uri="${url}/v3"`;
  return new Refusal({
    status,
    headers,
    body: { error: { code: status, ...(identity ? { identity } : {}), message, title: titles[status] } },
  });
}

export const unauthenticated = (url: string) => keystoneError(401, 'The request you have made requires authentication.', url);

export const malformed = (message: string, url: string) =>
  keystoneError(
    400,
    `${message} The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
    url,
  );

/** What Apache's mod_auth_openidc answers where a bearer token is missing or not good. */
export function bearerRefused(error: 'invalid_token' | 'invalid_request', description: string): Answer {
  return {
    status: 401,
    headers: {
      'WWW-Authenticate': `Bearer error="${error}", error_description="${description}"`,
      'Content-Type': 'text/html; charset=iso-8859-1',
    },
    body: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<title>401 Unauthorized</title>
</head><body>
<h1>Unauthorized</h1>
<p>This server could not verify that you
are authorized to access the document
requested.  Either you supplied the wrong
credentials (e.g., bad password), or your
browser doesn't understand how to supply
the credentials required.</p>
</body></html>
`,
  };
}
