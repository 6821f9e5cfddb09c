import { type CloudEntry, readEntry } from './cloud-entry';
import { type Choice, readCloudsYaml } from './clouds-yaml';
import { type Dialect, dialectOf, readOpenrc } from './openrc';
import { naming, type Remark, refuse } from './remarks';

/** A pasted file of the OpenStack command line. */
export interface Pasted {
  format: 'cloudsYaml' | 'openrc';
  /** the shell that an openrc file is for */
  dialect: Dialect | null;
  /** what can be chosen of it, in its order */
  choices: Choice[];
  /** what of the file as a whole is not used */
  remarks: Remark[];
  /**
   * One of its clouds.
   * @param cloud may be left out where there is one
   * @param region may be left out: the first
   * @throws AppError `invalid-input`
   */
  entry(cloud?: string, region?: string): CloudEntry;
}

/** The longest file. */
export const MOST_CHARACTERS = 1_048_576;

/**
 * Recognises and reads a clouds.yaml (with a secure.yaml beside it) or an openrc file, in a time that grows with its length only.
 * @param field of the request that it came in
 * @throws AppError `invalid-input` naming the line. No message quotes a value of the file.
 */
export function readPasted(written: string, secureYaml?: string, field = 'text'): Pasted {
  const text = plainLines(written);
  const secure = secureYaml === undefined ? undefined : plainLines(secureYaml);
  const dialect = dialectOf(text);
  // settings of a shell have names in capitals also within a clouds.yaml: what has the section is one
  if (dialect !== undefined && !looksLikeYaml(text)) {
    const cloud = 'openrc';
    const settings = naming(field, () => readOpenrc(text, dialect));
    return { format: 'openrc', dialect, choices: [{ cloud }], remarks: [], entry: () => entryOf(field, () => readEntry(cloud, settings)) };
  }
  const file = naming(field, () => readCloudsYaml(text, secure));
  return {
    format: 'cloudsYaml',
    dialect: null,
    choices: file.choices,
    remarks: file.remarks,
    entry: (cloud, region) =>
      entryOf(field, () => {
        const choice = { cloud: chosen(file.choices, cloud), region };
        return readEntry(choice.cloud, file.settings(choice));
      }),
  };
}

const looksLikeYaml = (text: string): boolean => /^ *["']?clouds["']?[ \t]*:/m.test(text) || /^\s*\{/.test(text);

function entryOf(field: string, read: () => CloudEntry): CloudEntry {
  const entry = naming(field, read);
  return { ...entry, login: (secret) => naming(field, () => entry.login(secret)) };
}

function chosen(choices: readonly Choice[], wanted: string | undefined): string {
  const names = [...new Set(choices.map(({ cloud }) => cloud))];
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) refuse('whichCloud', { count: names.length }, 'cloud');
  return names.includes(name) ? name : refuse('noCloud', { names: names.join(', ') }, 'cloud');
}

/** Without a byte order mark and without Windows' line ends. */
const plainLines = (text: string): string =>
  text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
