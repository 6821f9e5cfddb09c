import { type CloudEntry, readEntry, unusable } from './cloud-entry';
import { readCloudsYaml } from './clouds-yaml';
import { looksLikeOpenrc, readOpenrc } from './openrc';

/** A pasted file of the OpenStack command line. */
export interface Pasted {
  format: 'cloudsYaml' | 'openrc';
  /** the clouds in it, in their order */
  names: string[];
  /**
   * One of them.
   * @param name may be left out where there is one
   * @throws AppError `invalid-input`
   */
  entry(name?: string): CloudEntry;
}

/**
 * Recognises and reads a clouds.yaml (with a secure.yaml beside it) or an openrc file.
 * @param field of the request that it came in
 * @throws AppError `invalid-input` naming the line. No message quotes the file.
 */
export function readPasted(text: string, secureYaml?: string, field = 'text'): Pasted {
  if (looksLikeOpenrc(text)) {
    const name = 'openrc';
    const fields = readOpenrc(text, field);
    return { format: 'openrc', names: [name], entry: () => readEntry(name, fields, field) };
  }
  const file = readCloudsYaml(text, secureYaml, field);
  return {
    format: 'cloudsYaml',
    names: file.names,
    entry(wanted) {
      const name = wanted ?? (file.names.length === 1 ? file.names[0] : undefined);
      if (name === undefined) throw unusable('cloud', `The file has ${file.names.length} clouds; say which one.`);
      if (!file.names.includes(name)) {
        throw unusable('cloud', `The file has no cloud of that name; it has ${file.names.join(', ').slice(0, 300)}.`);
      }
      return readEntry(name, file.fields(name), field);
    },
  };
}
