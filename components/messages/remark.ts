import type { leaseSaid } from './en/lease-said';
import type { files } from './en/oscar/files';
import type { Translate } from './types';

/** What the API says of something by a key: sentences of files, keys and leases have one. */
export interface Remark {
  key: string;
  params: Record<string, string>;
}
type RemarkKey = keyof typeof files | keyof typeof leaseSaid;

/** Kinds of values have a word in each language. */
const words = ['boolean', 'number', 'date'] as const;

/** Says a remark in the person's language. @returns undefined for one that has no sentence here */
export function sayRemark(t: Translate, { key, params }: Remark): string | undefined {
  const word = words.find((each) => each === params.kind);
  // which parameters a sentence needs, and which keys there are, is known where it is made
  const sayWith = t as (key: RemarkKey, values: Record<string, string>) => string;
  const said = sayWith(key as RemarkKey, word ? { ...params, kind: t(`file.${word}`) } : params);
  return said === key ? undefined : said;
}
