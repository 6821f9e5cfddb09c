/** What is asked of a listing, in either version of it. */
export interface ListingWish {
  prefix: string;
  delimiter: string;
  /** keys up to and including this one are left out */
  after: string;
  most: number;
}

/** One page: keys in the order of their bytes, and what stands for all keys that share the part up to the delimiter. */
export interface Listing {
  keys: string[];
  prefixes: string[];
  /** with what the next page begins (it is left out itself); null: this was the last */
  next: string | null;
}

/** A page of the keys of a bucket (ListObjects and ListObjectsV2 differ in words only). */
export function listKeys(keys: Iterable<string>, { prefix, delimiter, after, most }: ListingWish): Listing {
  const sorted = [...keys].filter((key) => key.startsWith(prefix)).sort(byBytes);
  const found: Listing = { keys: [], prefixes: [], next: null };
  let last = '';
  for (const key of sorted) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (byBytes(entry, after) <= 0 || (end >= 0 && entry === last)) continue;
    if (found.keys.length + found.prefixes.length >= most) {
      found.next = most > 0 ? last : null;
      return found;
    }
    (end < 0 ? found.keys : found.prefixes).push(entry);
    last = entry;
  }
  return found;
}

/** S3 orders keys by their bytes in UTF-8, not by UTF-16 units. */
export function byBytes(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}
