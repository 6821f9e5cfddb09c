import { defaultFilter } from 'cmdk';

/** What stands between the words of a thing and the id by which it is told apart: letters of that are in every word somebody may type. */
const mark = ' #';

/** The value of something with an id, for {@link paletteFilter}. */
export const valued = (words: string, id: string): string => `${words}${mark}${id}`;

/**
 * How well something fits what is typed: by its words, in which letters may be left out; or by its id, from the beginning. Pure.
 * @param value words, or as {@link valued} makes it
 * @returns from 0 (not at all) to 1
 */
export function paletteFilter(value: string, search: string): number {
  const at = value.lastIndexOf(mark);
  if (at < 0) return defaultFilter(value, search);
  const id = value.slice(at + mark.length);
  if (search !== '' && id.toLowerCase().startsWith(search.toLowerCase())) return 1;
  return defaultFilter(value.slice(0, at), search);
}
