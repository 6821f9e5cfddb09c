import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { invalidInput } from '@/lib/core/problems';
import type { StoragePath } from '@/lib/oscar/types';
import { volumeTo } from '@/lib/oscar/wire';
import type { GivenService } from './wish';

/** A service as a Functions Definition Language file has it (the file of oscar-cli); of its secrets the names alone. Pure. */
export function toFdl(given: GivenService, clusterId: string, scriptFile?: string): string {
  const { variables, secrets } = given;
  const named = Object.fromEntries(Object.keys(secrets).map((name) => [name, '']));
  const service = {
    name: given.name,
    cpu: given.cpu,
    memory: given.memory,
    ...(given.gpu && { enable_gpu: true }),
    image: given.image,
    script: scriptFile ?? given.script,
    ...(given.logLevel && { log_level: given.logLevel }),
    ...(given.vo && { vo: given.vo }),
    ...(given.visibility !== 'private' && { visibility: given.visibility }),
    ...(given.allowedUsers.length > 0 && { allowed_users: given.allowedUsers }),
    ...(given.interLinkNode && { interlink_node_name: given.interLinkNode }),
    ...(given.volume && { volume: volumeTo(given.volume) }),
    input: given.input.map(pathTo),
    output: given.output.map(pathTo),
    ...((Object.keys(variables).length > 0 || Object.keys(named).length > 0) && {
      environment: { ...(Object.keys(variables).length > 0 && { variables }), ...(Object.keys(named).length > 0 && { secrets: named }) },
    }),
  };
  return stringify({ functions: { oscar: [{ [clusterId]: service }] } }, { lineWidth: 0 });
}

const pathTo = ({ provider, path, suffix, prefix }: StoragePath) => ({
  storage_provider: provider,
  path,
  ...(suffix.length > 0 && { suffix }),
  ...(prefix.length > 0 && { prefix }),
});

// `vo:` with nothing behind it is null in YAML
const said = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? '' : String(value)));
const text = said.default('');
const texts = z
  .array(said)
  .nullish()
  .transform((value) => value ?? []);
const map = z
  .record(z.string(), said)
  .nullish()
  .transform((value) => value ?? {});
const path = z.object({ storage_provider: text, path: text, suffix: texts, prefix: texts });
const paths = z
  .array(path)
  .nullish()
  .transform((value) => value ?? []);
const serviceSchema = z.object({
  name: said,
  image: text,
  script: text,
  cpu: text,
  memory: text,
  enable_gpu: z.boolean().default(false),
  log_level: text,
  vo: text,
  visibility: z.enum(['private', 'restricted', 'public']).catch('private'),
  allowed_users: texts,
  interlink_node_name: text,
  volume: z.object({ name: text, size: text, mount_path: text, lifecycle_policy: z.enum(['', 'delete', 'retain']).catch('') }).nullish(),
  input: paths,
  output: paths,
  environment: z.object({ variables: map, Variables: map, secrets: map }).partial().nullish(),
});
const fileSchema = z.object({ functions: z.object({ oscar: z.array(z.record(z.string(), serviceSchema)).min(1).max(50) }) });

/**
 * The services of a file of oscar-cli; one service alone, without the frame around it, is read too. Nothing is run or fetched. Pure.
 * @throws AppError `invalid-input` at `fdl`
 */
export function fromFdl(file: string): GivenService[] {
  const said = readYaml(file);
  const whole = fileSchema.safeParse(said);
  if (whole.success) return whole.data.functions.oscar.flatMap((entry) => Object.values(entry).map(givenFrom));
  const alone = serviceSchema.safeParse(said);
  if (alone.success) return [givenFrom(alone.data)];
  const framed = typeof said === 'object' && said !== null && 'functions' in said;
  const issue = (framed ? whole : alone).error.issues[0];
  throw invalidInput([{ path: 'fdl', message: `${issue?.path.join('.') || 'The file'}: ${issue?.message ?? 'is no service'}` }]);
}

function readYaml(file: string): unknown {
  try {
    return parse(file, { maxAliasCount: 20 });
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : '').split('\n');
    throw invalidInput([{ path: 'fdl', message: line || 'This is no YAML.' }]);
  }
}

function givenFrom(wire: z.infer<typeof serviceSchema>): GivenService {
  return {
    name: wire.name,
    image: wire.image,
    script: wire.script,
    cpu: wire.cpu || '0.2',
    memory: wire.memory || '256Mi',
    gpu: wire.enable_gpu,
    logLevel: wire.log_level,
    vo: wire.vo,
    visibility: wire.visibility,
    allowedUsers: wire.allowed_users,
    input: wire.input.map(pathFrom),
    output: wire.output.map(pathFrom),
    variables: { ...wire.environment?.Variables, ...wire.environment?.variables },
    secrets: wire.environment?.secrets ?? {},
    interLinkNode: wire.interlink_node_name,
    ...(wire.volume && {
      volume: {
        name: wire.volume.name,
        mountPath: wire.volume.mount_path,
        size: wire.volume.size,
        lifecycle: wire.volume.lifecycle_policy,
      },
    }),
  };
}

const pathFrom = (one: z.infer<typeof path>): StoragePath => ({
  provider: one.storage_provider || 'minio.default',
  path: one.path,
  suffix: one.suffix,
  prefix: one.prefix,
});
