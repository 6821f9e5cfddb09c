/** What a browser may do for one of our pages, besides showing it. */
interface PagePolicy {
  /** made anew for every page: scripts without it do not run */
  nonce: string;
  /** Transat itself is reached by https */
  secure: boolean;
  /** compiled as one goes: React and the compiler then use `eval`, styles in the page, and a WebSocket */
  development: boolean;
}

/**
 * The Content-Security-Policy of a page (https://www.w3.org/TR/CSP3/). What is loaded is ours, and what runs has the page's nonce. Whom a form is
 * sent to is ours, too: a sign-in is led on to its provider by a page (`led-on.ts`), since some browsers ask the same
 * of all that a form is redirected to.
 */
export function contentSecurityPolicy({ nonce, secure, development }: PagePolicy): string {
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // of attributes alone: how far a bar goes and where a row stands comes with the page, and nothing runs or is fetched by that
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ];
  return directives.join('; ');
}
