/** What is known of the file that an event tells of. */
export interface EventFile {
  bucket: string;
  key: string;
}

/** The file in an event of MinIO; null for anything else that was posted. */
export function fileOf(event: string): EventFile | null {
  const body = parsed(event);
  const record = Reflect.get(Object(body), 'Records')?.[0]?.s3;
  const [bucket, key]: unknown[] = [record?.bucket?.name, record?.object?.key];
  if (typeof bucket !== 'string' || typeof key !== 'string') return null;
  return { bucket, key: decodeURIComponent(key.replaceAll('+', ' ')) };
}

/**
 * What a program reads of a text that was posted: an object as it is, what is no JSON as base64. Null: it is neither, over which the supervisor fails, as over any other JSON.
 */
export function decodePosted(text: string): Buffer | null {
  const body = parsed(text);
  if (body !== undefined) return typeof body === 'object' && body !== null && !Array.isArray(body) ? Buffer.from(text) : null;
  // what is none of base64's signs is passed over
  const signs = text.replace(/[^A-Za-z0-9+/=]/g, '');
  return signs.length % 4 === 0 ? Buffer.from(signs, 'base64') : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
