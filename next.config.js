/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // types and lint are checked by `npm run check`, so that a start does not pay for them again
  typescript: { ignoreBuildErrors: true },
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
  ],
};
