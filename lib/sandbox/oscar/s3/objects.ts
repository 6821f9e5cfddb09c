import type { ObjectRecord } from '../state';
import { readTags } from './buckets';
import { bucketOf, contentTypeOf, metadataOf, objectOf, type S3Answer, type S3Call, textBody, writeBody } from './call';
import { S3Fault } from './errors';
import { xmlDocument } from './xml';

const MOST_KEY_BYTES = 1024;

/** Whether a key can be one. Those that would leave a folder when unpacked are refused, as MinIO does. */
export function checkKey(key: string): void {
  const bad = key.split('/').some((part) => part === '.' || part === '..' || part === '__proto__');
  if (key === '' || bad || Buffer.byteLength(key) > MOST_KEY_BYTES || key.includes('\0')) throw new S3Fault('InvalidArgument');
}

export async function putObject(call: S3Call): Promise<S3Answer> {
  const bucket = bucketOf(call);
  checkKey(call.key);
  if (call.request.headers['x-amz-copy-source']) return copyObject(call);
  if (call.request.headers['if-none-match'] === '*' && Object.hasOwn(bucket.objects, call.key)) throw new S3Fault('PreconditionFailed');
  const written = await writeBody(call);
  const checksums = { 'x-amz-checksum-crc32': written.crc32 };
  const object: ObjectRecord = {
    size: written.size,
    etag: written.md5,
    modifiedAt: call.world.now(),
    contentType: contentTypeOf(call.request),
    metadata: metadataOf(call.request),
    tags: {},
    file: written.file,
    checksums,
  };
  call.world.put(bucket, call.key, object, 'ObjectCreated:Put', call.signed.accessKey);
  return { status: 200, headers: { etag: `"${object.etag}"`, ...checksums } };
}

async function copyObject(call: S3Call): Promise<S3Answer> {
  const target = bucketOf(call);
  const source = decodeURIComponent(String(call.request.headers['x-amz-copy-source'])).replace(/^\//, '');
  const at = source.indexOf('/');
  const from = bucketOf({ ...call, bucket: source.slice(0, at) });
  const found = objectOf(from, source.slice(at + 1));
  const written = await call.world.files.write(call.world.files.read(found.file));
  const replaced = call.request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const object: ObjectRecord = {
    ...found,
    file: written.file,
    modifiedAt: call.world.now(),
    ...(replaced ? { metadata: metadataOf(call.request), contentType: contentTypeOf(call.request) } : {}),
  };
  call.world.put(target, call.key, object, 'ObjectCreated:Copy', call.signed.accessKey);
  const body = xmlDocument('CopyObjectResult', { LastModified: new Date(object.modifiedAt).toISOString(), ETag: `"${object.etag}"` });
  return { status: 200, body };
}

export function getObject(call: S3Call): S3Answer {
  const object = objectOf(bucketOf(call), call.key);
  const { headers } = call.request;
  const etag = `"${object.etag}"`;
  if (headers['if-none-match'] === etag || headers['if-none-match'] === object.etag) return { status: 304, headers: { etag } };
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag && headers['if-match'] !== object.etag) {
    throw new S3Fault('PreconditionFailed');
  }
  const range = rangeOf(headers.range, object.size);
  const length = range ? range.end - range.start + 1 : object.size;
  const shown: Record<string, string> = {
    'accept-ranges': 'bytes',
    'content-length': String(length),
    'content-type': call.query.get('response-content-type') ?? object.contentType,
    etag,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    ...Object.fromEntries(Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    ...(headers['x-amz-checksum-mode'] && !range ? object.checksums : {}),
  };
  const disposition = call.query.get('response-content-disposition');
  if (disposition) shown['content-disposition'] = disposition;
  if (range) shown['content-range'] = `bytes ${range.start}-${range.end}/${object.size}`;
  const answer = { status: range ? 206 : 200, headers: shown };
  if (call.method === 'HEAD' || length === 0) return answer;
  return { ...answer, stream: call.world.files.read(object.file, range ?? undefined) };
}

export function deleteObject(call: S3Call): S3Answer {
  call.world.remove(bucketOf(call), call.key, call.signed.accessKey);
  return { status: 204 };
}

export async function objectTagging(call: S3Call): Promise<S3Answer> {
  const object = objectOf(bucketOf(call), call.key);
  if (call.method === 'GET') {
    const tags = Object.entries(object.tags).map(([Key, Value]) => ({ Key, Value }));
    return { status: 200, body: xmlDocument('Tagging', { TagSet: { Tag: tags } }) };
  }
  object.tags = call.method === 'PUT' ? readTags(await textBody(call)) : {};
  call.world.changed();
  return { status: call.method === 'PUT' ? 200 : 204 };
}

/** One range of RFC 9110, 14; what is not one is passed over. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size || end < start) throw new S3Fault('InvalidRange');
  return { start, end };
}
