import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { BucketRecord, ObjectRecord } from '../state';
import type { OscarWorld } from '../world';
import { BrokenBody, unchunk } from './chunked';
import { S3Fault } from './errors';
import type { Written } from './files';
import type { Checked } from './signature';

const MOST_OBJECT = 5 * 1024 ** 3;
const MOST_DOCUMENT = 1024 * 1024;

/** One request to MinIO that is signed as it must be. */
export interface S3Call {
  world: OscarWorld;
  method: string;
  bucket: string;
  key: string;
  query: URLSearchParams;
  request: IncomingMessage;
  signed: Extract<Checked, { ok: true }>;
  requestId: string;
}

/** What goes back. `stream`: bytes as they are read; text is XML unless a header says otherwise. */
export interface S3Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  stream?: Readable;
}

/** The bucket of a call, for one who may use it. */
export function bucketOf(call: S3Call): BucketRecord {
  const bucket = call.world.bucket(call.bucket);
  if (!bucket) throw new S3Fault('NoSuchBucket');
  const user = call.signed.accessKey;
  if (user === 'minio' || bucket.owner === user || bucket.visibility === 'public') return bucket;
  if (bucket.visibility === 'restricted' && bucket.allowedUsers.includes(user)) return bucket;
  throw new S3Fault('AccessDenied');
}

export function objectOf(bucket: BucketRecord, key: string): ObjectRecord {
  const object = Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;
  if (!object) throw new S3Fault('NoSuchKey');
  return object;
}

/** Writes the body of a call to a file and checks it against every digest that came with it. */
export async function writeBody(call: S3Call): Promise<Written> {
  const trailers = new Map<string, string>();
  const written = await call.world.files.write(limited(bytesOf(call, trailers), MOST_OBJECT)).catch((error: unknown) => {
    throw error instanceof BrokenBody ? new S3Fault(error.code) : error;
  });
  const { headers } = call.request;
  const header = (name: string) => trailers.get(name) ?? (typeof headers[name] === 'string' ? headers[name] : undefined);
  const declared: [given: string | undefined, is: string][] = [
    [header('content-md5'), Buffer.from(written.md5, 'hex').toString('base64')],
    [header('x-amz-checksum-crc32'), written.crc32],
    [header('x-amz-checksum-sha256'), Buffer.from(written.sha256, 'hex').toString('base64')],
    [/^[0-9a-f]{64}$/.test(call.signed.payload) ? call.signed.payload : undefined, written.sha256],
  ];
  const length = headers['x-amz-decoded-content-length'];
  const isWhole = length === undefined || Number(length) === written.size;
  if (isWhole && declared.every(([given, is]) => given === undefined || given === is)) return written;
  call.world.files.remove(written.file);
  throw new S3Fault(isWhole ? 'BadDigest' : 'IncompleteBody');
}

/** A small body as text. */
export async function textBody(call: S3Call): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of limited(bytesOf(call, new Map()), MOST_DOCUMENT)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function bytesOf(call: S3Call, trailers: Map<string, string>): AsyncIterable<Buffer> {
  const { payload, seed } = call.signed;
  if (!payload.startsWith('STREAMING-')) return call.request;
  return unchunk(call.request, payload.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD') ? seed : null, trailers);
}

async function* limited(source: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > most) throw new S3Fault('EntityTooLarge');
    yield part;
  }
}

/** `x-amz-meta-*` of a request. */
export function metadataOf(request: IncomingMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith('x-amz-meta-') && typeof value === 'string') found[name.slice('x-amz-meta-'.length)] = value;
  }
  return found;
}

export const contentTypeOf = (request: IncomingMessage) => request.headers['content-type'] ?? 'application/octet-stream';
