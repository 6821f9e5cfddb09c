/**
 * A redirect to another host, after a form, as a page that goes on there by itself. Our own pages send forms to ourselves alone, and some browsers
 * ask the same of all that a form is redirected to: the provider of a sign-in, and whoever it passes people on to, could not be named beforehand.
 * Programs, which ask for no page, are redirected.
 */
export function ledOn(request: Request, answer: Response): Response {
  const location = answer.headers.get('location');
  if (request.method !== 'POST' || !location || !request.headers.get('accept')?.includes('text/html')) return answer;
  const target = new URL(location, request.url);
  if (!target.protocol.startsWith('http')) return answer;
  const headers = new Headers(answer.headers);
  headers.delete('location');
  headers.set('content-type', 'text/html; charset=utf-8');
  const href = target.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const page = `<!doctype html><html lang="en"><meta http-equiv="refresh" content="0;url=${href}"><title>Transat</title>
<p><a href="${href}">Go on to ${target.host}</a> · <a lang="es" href="${href}">Continuar en ${target.host}</a></html>`;
  return new Response(page, { status: 200, headers });
}
