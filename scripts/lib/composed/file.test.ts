import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { readCompose, readImage } from './file';

const folder = join(import.meta.dirname, '../../../deploy');
const variables = { POSTGRES_PASSWORD: 'pw', TRANSAT_URL: 'http://one', TRANSAT_KEY: 'k', NEXTAUTH_SECRET: 'n' };
const minimal = (more: string) => `services: { one: { user: "1:2", stop_grace_period: 1m, ${more} } }`;

describe('the compose file, read as processes', () => {
  const read = (given: Record<string, string>) => readCompose(readFileSync(join(folder, 'compose.yaml'), 'utf8'), given);
  const byName = (name: string) => read(variables).find((service) => service.name === name);

  it('has the commands, environments and checks that it says', () => {
    expect(byName('worker')).toMatchObject({
      command: ['node', 'scripts/run.mjs', 'worker'],
      after: ['database'],
      graceSeconds: 60,
      uid: 1000,
      gid: 1000,
      environment: { DATABASE_URL: 'postgres://transat:pw@database:5432/transat', TRANSAT_KEY: 'k' },
    });
    expect(byName('worker')?.health).toBeUndefined();
    expect(byName('web')).toMatchObject({ command: null, health: { timeoutSeconds: 5, withinSeconds: 120 } });
    expect(byName('web')?.volumes).toContainEqual({ source: 'data', target: '/data' });
    expect(byName('database')?.health?.command[0]).toBe('pg_isready');
  });

  it('is not started without what it needs, and without a word where something may be left out', () => {
    for (const name of Object.keys(variables)) expect(() => read({ ...variables, [name]: '' }), name).toThrow(name);
    expect(byName('web')?.environment.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('');
    const traced = read({ ...variables, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c' });
    expect(traced.filter(({ environment }) => environment.OTEL_EXPORTER_OTLP_ENDPOINT === 'http://c')).toHaveLength(2);
  });

  test.each([
    ['a check by a shell', minimal('healthcheck: { test: [CMD-SHELL, "x"], interval: 1s, timeout: 1s, retries: 1 }'), /no command/],
    ['a time without a unit', minimal('healthcheck: { test: [CMD, x], interval: "1", timeout: 1s, retries: 1 }'), /No time/],
  ])('%s is not known here', (_name, text, why) => expect(() => readCompose(text, {})).toThrow(why));
});

describe('the image', () => {
  it('runs what the last stage of its Dockerfile says', () => {
    const { command, environment } = readImage(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
    expect(command).toEqual(['node', 'scripts/run.mjs', 'start']);
    expect(environment).toMatchObject({ TRANSAT_DATA: '/data', NODE_ENV: 'production' });
  });

  it('that says no command is none', () => expect(() => readImage('FROM a\nCMD ["x"]\nFROM b\nENV A=1')).toThrow());
});
