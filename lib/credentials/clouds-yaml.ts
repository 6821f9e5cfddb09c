import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type CloudFields, unusable } from './cloud-entry';

// Passwords of digits are numbers to YAML.
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional();
const entrySchema = z.object({
  auth_type: text,
  region_name: text,
  auth: z.object({
    auth_url: text,
    username: text,
    password: text,
    user_domain_name: text,
    user_domain_id: text,
    project_id: text,
    project_name: text,
    application_credential_id: text,
    application_credential_name: text,
    application_credential_secret: text,
  }),
});
const fileSchema = z.object({ clouds: z.record(z.string(), z.unknown()) });

/** The entries of a clouds.yaml; one that can't be read is told of when it is asked for. */
export interface CloudsFile {
  names: string[];
  /** @throws AppError `invalid-input` naming the field */
  fields(cloud: string): CloudFields;
}

/**
 * Reads a pasted clouds.yaml (openstacksdk's configuration file). It is only parsed: tags and environment variables do nothing.
 * @param secure a secure.yaml: what it says of a cloud goes over what the clouds.yaml says, as openstacksdk has it
 * @throws AppError `invalid-input`, with the line for YAML that does not parse. No message quotes the file.
 */
export function readCloudsYaml(yaml: string, secure: string | undefined, field: string): CloudsFile {
  const clouds = readFile(
    yaml,
    field,
    'This is neither a clouds.yaml (it has no section “clouds”) nor an openrc file (it sets no OS_ variable).',
  );
  const secrets = secure === undefined ? {} : readFile(secure, 'secureYaml', 'This is not a secure.yaml: it has no section “clouds”.');
  return {
    names: Object.keys(clouds),
    fields(cloud) {
      const own = Object.hasOwn(secrets, cloud) ? secrets[cloud] : undefined;
      const parsed = entrySchema.safeParse(merge(clouds[cloud], own));
      if (!parsed.success) {
        const path = parsed.error.issues[0]?.path.join('.') ?? '';
        throw unusable(field, `The entry “${cloud.slice(0, 100)}” has no usable ${path || 'auth section'}.`);
      }
      const { auth, ...rest } = parsed.data;
      return { ...rest, ...auth };
    },
  };
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(below: unknown, above: unknown): unknown {
  if (!isPlain(below) || !isPlain(above)) return above ?? below;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(keys.map((key) => [key, merge(below[key], above[key])]));
}

function readFile(yaml: string, field: string, otherwise: string): Plain {
  const lines = new LineCounter();
  // aliases are bounded by the parser; clouds.yaml has no use for custom tags. Of keys that stand twice the last one counts, as it does
  // for openstacksdk: to look for them takes the square of their number
  const document = parseDocument(yaml, { lineCounter: lines, schema: 'core', customTags: [], uniqueKeys: false });
  const fault = document.errors[0];
  if (fault) throw unusable(field, `Line ${lines.linePos(fault.pos[0]).line} is not YAML.`);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 20 });
  } catch {
    throw unusable(field, 'The file refers to itself too often.');
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw unusable(field, otherwise);
  return parsed.data.clouds;
}
