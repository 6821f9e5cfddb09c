import { parse } from 'yaml';
import { z } from 'zod';

const command = z.array(z.string()).min(1);
const serviceSchema = z.object({
  user: z.string().regex(/^\d+:\d+$/),
  environment: z.record(z.string(), z.string()).default({}),
  command: command.optional(),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
  stop_grace_period: z.string(),
  healthcheck: z
    .object({ test: command, interval: z.string(), timeout: z.string(), retries: z.number(), start_period: z.string().default('0s') })
    .optional(),
});
const fileSchema = z.object({ services: z.record(z.string(), serviceSchema) });

/** A service of a Compose file as it is to run. Seconds are numbers. */
export interface Service {
  name: string;
  /** null: what its image says */
  command: string[] | null;
  environment: Record<string, string>;
  /** where each is, and where it is seen */
  volumes: { source: string; target: string }[];
  /** these are healthy before it starts */
  after: string[];
  graceSeconds: number;
  uid: number;
  gid: number;
  health?: { command: string[]; timeoutSeconds: number /** so long until it must be healthy */; withinSeconds: number };
}

/**
 * Reads the part of a Compose file that says how processes run. Of the file's variables `${NAME}`, `${NAME:?}` and `${NAME:-otherwise}` are known.
 * @throws Error for a variable that is needed and not given, and for a check that is no command
 */
export function readCompose(text: string, variables: Record<string, string>): Service[] {
  const { services } = fileSchema.parse(parse(text, (_key, value: unknown) => fill(value, variables), { merge: true }));
  return Object.entries(services).map(([name, service]) => {
    const [uid, gid] = service.user.split(':').map(Number);
    return {
      name,
      command: service.command ?? null,
      environment: service.environment,
      volumes: service.volumes.map((volume) => {
        const [source = '', target = ''] = volume.split(':');
        return { source, target };
      }),
      after: Object.keys(service.depends_on),
      graceSeconds: seconds(service.stop_grace_period),
      uid: uid ?? 0,
      gid: gid ?? 0,
      ...(service.healthcheck ? { health: healthOf(service.healthcheck) } : {}),
    };
  });
}

function fill(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value !== 'string') return value;
  return value.replaceAll(/\$\{(\w+)(?::(\?|-)([^}]*))?\}/g, (_all, name: string, mark: string | undefined, otherwise = '') => {
    const filled = variables[name] || (mark === '-' ? String(otherwise) : undefined);
    if (filled === undefined) throw new Error(`${name} is needed`);
    return filled;
  });
}

function healthOf({ test, timeout, start_period, interval, retries }: NonNullable<z.infer<typeof serviceSchema>['healthcheck']>) {
  const [kind, ...words] = test;
  if (kind !== 'CMD' || words.length === 0) throw new Error('A check that is no command');
  return { command: words, timeoutSeconds: seconds(timeout), withinSeconds: seconds(start_period) + retries * seconds(interval) };
}

function seconds(text: string): number {
  const [, count, unit] = /^(\d+)(s|m)$/.exec(text) ?? [];
  if (!count) throw new Error(`No time: ${text}`);
  return Number(count) * (unit === 'm' ? 60 : 1);
}

/** What an image made by a Dockerfile runs when nothing else is said, and with which environment. @throws Error where it does not say */
export function readImage(dockerfile: string): { command: string[]; environment: Record<string, string> } {
  const said = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  const words = command.parse(JSON.parse(/^CMD (\[.*\])$/m.exec(said)?.[1] ?? 'null'));
  const pairs = [...said.matchAll(/^ENV (.*)$/gm)].flatMap(([, line = '']) => line.split(' ')).map((pair) => pair.split('='));
  return { command: words, environment: Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value])) };
}
