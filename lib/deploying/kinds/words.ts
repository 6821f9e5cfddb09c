import { kindOf } from './index';
import type { KindName } from './types';

/** A resource in words: `server workers-1`. */
export function wordsFor({ key, kind }: { key: string; kind: KindName }): string {
  const { label } = kindOf(kind);
  const name = key.startsWith(kind) ? key.slice(kind.length).replace(/^-/, '') : key;
  return name ? `${label} ${name}` : label;
}
