import { type CloudFields, unusable } from './cloud-entry';
import { readWord } from './shell-word';

/** The variables of a project's openrc.sh (docs.openstack.org/python-openstackclient, environment) by their names in a clouds.yaml. */
const fieldOf: Record<string, keyof CloudFields> = {
  OS_AUTH_TYPE: 'auth_type',
  OS_AUTH_URL: 'auth_url',
  OS_REGION_NAME: 'region_name',
  OS_USERNAME: 'username',
  OS_PASSWORD: 'password',
  OS_USER_DOMAIN_NAME: 'user_domain_name',
  OS_USER_DOMAIN_ID: 'user_domain_id',
  OS_PROJECT_ID: 'project_id',
  OS_PROJECT_NAME: 'project_name',
  OS_TENANT_ID: 'project_id',
  OS_TENANT_NAME: 'project_name',
  OS_APPLICATION_CREDENTIAL_ID: 'application_credential_id',
  OS_APPLICATION_CREDENTIAL_NAME: 'application_credential_name',
  OS_APPLICATION_CREDENTIAL_SECRET: 'application_credential_secret',
};

/** Lines that Horizon's file has beside assignments; none of them says anything that is needed here. */
const harmless = [
  /^echo\s[^`;&|<>]*$/,
  /^read\s+(-[a-z]+\s+)*[A-Za-z_]\w*$/,
  /^unset(\s+[A-Za-z_]\w*)+$/,
  /^if \[ -[zn] "?\$\{?\w+\}?"? \]; then( unset \w+; fi)?$/,
  /^(then|else|fi)$/,
  /^export(\s+[A-Za-z_]\w*)+$/,
  /^set [+-]\w+$/,
];
const assignment = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/;

/** Whether a text looks like an openrc file: it sets one of OpenStack's variables. */
// within a line: `\s` would run on over all empty lines, from each of them anew
export const looksLikeOpenrc = (text: string): boolean => /^[ \t]*(?:export[ \t]+)?OS_[A-Z_]+=/m.test(text);

/**
 * Reads a pasted openrc file. It is parsed, never run: assignments are taken, the prompts that Horizon's file has are passed over,
 * and a line that would run anything is refused.
 * @throws AppError `invalid-input` naming the line. No message quotes the file.
 */
export function readOpenrc(text: string, field: string): CloudFields {
  const set = new Map<string, string | null>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const refuse = (why: string) => unusable(field, `Line ${index + 1} ${why}`);
    const [, name = '', value] = assignment.exec(line) ?? [];
    if (value === undefined) {
      if (/`|\$\(/.test(line)) throw refuse('would run a command. Nothing of a file is ever run here.');
      if (!harmless.some((form) => form.test(line))) throw refuse('is no assignment, and is not understood.');
      if (/^unset\s/.test(line)) for (const gone of line.split(/\s+/).slice(1)) set.delete(gone);
      continue;
    }
    const word = readWord(value, set);
    if ('fault' in word) throw refuse(word.fault);
    if (word.value === null && fieldOf[name] && !isAsked(name)) throw refuse('takes its value from a variable that the file does not set.');
    set.set(name, word.value);
  }
  return toFields(set);
}

// what the file prompts for when it is run
const isAsked = (name: string): boolean => name === 'OS_PASSWORD' || name === 'OS_APPLICATION_CREDENTIAL_SECRET';

function toFields(set: ReadonlyMap<string, string | null>): CloudFields {
  const fields: CloudFields = {};
  for (const [name, field] of Object.entries(fieldOf)) {
    const value = set.get(name);
    if (value) fields[field] ??= value;
  }
  return fields;
}
