// What every answer says to browsers. The policy of pages has a nonce, and is made for each (proxy.ts).
const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()',
};
// What is no page is never to be shown as one.
const noPage = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'" };

const said = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // types and lint are checked by `npm run check`, so that a start does not pay for them again
  typescript: { ignoreBuildErrors: true },
  headers: () => [
    { source: '/:path*', headers: said(everywhere) },
    { source: '/:where(api|_next|map)/:path*', headers: said(noPage) },
    { source: '/:what(healthz|readyz|metrics|icon.svg)', headers: said(noPage) },
  ],
  serverExternalPackages: [
    'pkgcloud',
    'eventemitter2',
    'ssh2',
    'pg',
    'pg-boss',
    '@electric-sql/pglite',
    'pino',
    'undici',
    'prom-client',
    'kysely',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-proto',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
  ],
};
