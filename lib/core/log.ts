import { pino } from 'pino';

/**
 * The product's log: one JSON object a line on standard output, level by LOG_LEVEL (`info`). Secrets are kept out by
 * their type; the paths below are a second net for raw headers.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? (process.env.VITEST ? 'silent' : 'info'),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      '*.authorization',
      '*.cookie',
      '*["x-auth-token"]',
      '*["x-subject-token"]',
      '*.password',
      '*.secret',
      '*.access_token',
      '*.refresh_token',
    ],
    censor: '***',
  },
});
