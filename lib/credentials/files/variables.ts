import { type Remark, refuse, remark } from './remarks';
import { type Settings, settle } from './settings';

/** Why the value of a variable is not known here. */
export type Unknown = { why: 'wouldRun' | 'dependsOnRun' | 'notSet' | 'asked' | 'notDecided'; line: number };
export type Known = { value: string };
export type Value = Known | Unknown;

/** What a file of variables says when it is read to its end. */
export interface Variables {
  values: ReadonlyMap<string, Value>;
  /** variables that others were made of */
  used: ReadonlySet<string>;
  remarks: Remark[];
}

/** The longest value: each variable that is made of two others could else double it. */
const MOST_CHARACTERS = 16_384;

/** @throws Refusal for a value that is too long */
export function bounded(value: string, line: number): string {
  return value.length > MOST_CHARACTERS ? refuse('tooLong', { line }) : value;
}

/** What can be given beside the file. */
const secrets = new Set(['OS_PASSWORD', 'OS_APPLICATION_CREDENTIAL_SECRET']);
const needed =
  /^OS_(?:AUTH_TYPE|AUTH_URL|REGION_NAME|USERNAME|USER_ID|USER_DOMAIN_\w+|DOMAIN_\w+|DEFAULT_DOMAIN_\w+|(?:PROJECT|TENANT)_(?:ID|NAME)|APPLICATION_CREDENTIAL_(?:ID|NAME))$/;

/**
 * The settings that the variables of a file make: openstacksdk takes each OS_ variable as the setting of its name.
 * @throws Refusal for one that is needed and not known
 */
export function settingsOf({ values, used, remarks }: Variables): Settings {
  const beside = new Map<string, string>();
  const said = [...remarks];
  for (const [name, value] of values) {
    const isOurs = name.startsWith('OS_');
    if (!('value' in value)) {
      if (secrets.has(name)) said.push(remark('asked', { name }));
      else if (isOurs && needed.test(name)) refuse(value.why === 'asked' ? 'asksFor' : value.why, { name, line: value.line });
      else if (isOurs) said.push(remark('leftOpen', { name }));
    } else if (isOurs) beside.set(name.slice(3).toLowerCase(), value.value);
    else if (!used.has(name)) said.push(remark('foreign', { name }));
  }
  const settings = settle({ beside, auth: new Map() });
  return { ...settings, remarks: [...said, ...settings.remarks.map(asVariable)] };
}

// in a file of variables people look for the name that stands there
function asVariable({ key, params }: Remark): Remark {
  const { name } = params;
  return name === undefined ? { key, params } : { key, params: { ...params, name: `OS_${name.toUpperCase()}` } };
}

/** Numbers of lines as people write them: 3, 7–9. */
export function spans(lines: readonly number[]): string {
  const groups: [from: number, to: number][] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else groups.push([line, line]);
  }
  return groups.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
