import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';

/** One entry of a clouds.yaml as it is used here. */
export interface CloudEntry {
  cloud: string;
  authUrl: string;
  region?: string;
  project?: string;
  login:
    | { kind: 'applicationCredential'; id: string; secret: Secret }
    | { kind: 'applicationCredential'; name: string; user: { name: string; domain: string }; secret: Secret }
    | { kind: 'password'; user: { name: string; domain: string }; secret: Secret };
}

// Passwords of digits are numbers to YAML.
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const entrySchema = z.object({
  auth_type: text.optional(),
  region_name: text.optional(),
  auth: z.object({
    auth_url: text,
    username: text.optional(),
    password: text.optional(),
    user_domain_name: text.optional(),
    user_domain_id: text.optional(),
    project_id: text.optional(),
    application_credential_id: text.optional(),
    application_credential_name: text.optional(),
    application_credential_secret: text.optional(),
  }),
});
const fileSchema = z.object({ clouds: z.record(z.string(), z.unknown()) });

/**
 * Reads one entry of a pasted clouds.yaml (openstacksdk's configuration file). It is only parsed: tags, environment
 * variables and secure.yaml do nothing.
 * @param cloud the entry's name; may be left out where there is one entry
 * @throws AppError `invalid-input` naming the field, with the line for YAML that does not parse. No message quotes the file.
 */
export function parseCloudsYaml(yaml: string, cloud?: string): CloudEntry {
  const clouds = readFile(yaml);
  const names = Object.keys(clouds);
  const name = cloud ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) throw invalid('cloud', `The file has ${names.length} clouds; say which one.`);
  if (!Object.hasOwn(clouds, name)) throw invalid('cloud', `The file has no cloud of that name; it has ${names.join(', ').slice(0, 300)}.`);
  const parsed = entrySchema.safeParse(clouds[name]);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    throw invalid('yaml', `The cloud’s entry has no usable ${path || 'auth section'}.`);
  }
  const { auth, region_name } = parsed.data;
  return { cloud: name, authUrl: auth.auth_url, region: region_name, project: auth.project_id, login: readLogin(auth) };
}

function readFile(yaml: string): Record<string, unknown> {
  const lines = new LineCounter();
  // aliases are bounded by the parser; clouds.yaml has no use for custom tags
  const document = parseDocument(yaml, { lineCounter: lines, schema: 'core', customTags: [] });
  const fault = document.errors[0];
  if (fault) throw invalid('yaml', `Line ${lines.linePos(fault.pos[0]).line} is not YAML.`);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 20 });
  } catch {
    throw invalid('yaml', 'The file refers to itself too often.');
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw invalid('yaml', 'This is not a clouds.yaml: it has no section “clouds”.');
  return parsed.data.clouds;
}

function readLogin(auth: z.infer<typeof entrySchema>['auth']): CloudEntry['login'] {
  const domain = auth.user_domain_name ?? (auth.user_domain_id === 'default' ? 'Default' : auth.user_domain_id) ?? 'Default';
  const user = auth.username === undefined ? undefined : { name: auth.username, domain };
  if (auth.application_credential_secret) {
    const secret = new Secret(auth.application_credential_secret);
    if (auth.application_credential_id) return { kind: 'applicationCredential', id: auth.application_credential_id, secret };
    if (auth.application_credential_name && user) {
      return { kind: 'applicationCredential', name: auth.application_credential_name, user, secret };
    }
    throw invalid('yaml', 'The application credential has neither an id, nor a name with a username.');
  }
  if (user && auth.password) return { kind: 'password', user, secret: new Secret(auth.password) };
  throw invalid('yaml', 'The entry has neither an application credential with its secret, nor a username with its password.');
}

function invalid(path: string, message: string): AppError {
  return new AppError({
    code: 'invalid-input',
    title: 'The clouds.yaml can’t be used',
    detail: message,
    remedy: 'Download a fresh clouds.yaml from the site’s dashboard (with an application credential) and paste all of it.',
    fields: [{ path, message }],
  });
}
