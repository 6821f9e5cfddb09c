import { everywhere, noPage } from './lib/api/http/browser-headers.ts';

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
