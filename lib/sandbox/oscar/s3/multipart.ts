import { createHash, randomUUID } from 'node:crypto';
import type { ObjectRecord, UploadRecord } from '../state';
import { bucketOf, contentTypeOf, metadataOf, type S3Answer, type S3Call, textBody, writeBody } from './call';
import { S3Fault } from './errors';
import { checkKey } from './objects';
import { all, readXml, textOf, xmlDocument } from './xml';

const LEAST_PART = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

export async function beginUpload(call: S3Call): Promise<S3Answer> {
  const bucket = bucketOf(call);
  checkKey(call.key);
  await textBody(call);
  const upload: UploadRecord = {
    id: randomUUID(),
    bucket: bucket.name,
    key: call.key,
    startedAt: call.world.now(),
    owner: call.signed.accessKey,
    contentType: contentTypeOf(call.request),
    metadata: metadataOf(call.request),
    parts: {},
  };
  call.world.state.uploads.push(upload);
  call.world.changed();
  return { status: 200, body: xmlDocument('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: call.key, UploadId: upload.id }) };
}

export async function putPart(call: S3Call): Promise<S3Answer> {
  const upload = uploadOf(call);
  const number = Number(call.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) throw new S3Fault('InvalidArgument');
  const written = await writeBody(call);
  const before = upload.parts[number];
  if (before) call.world.files.remove(before.file);
  upload.parts[number] = { size: written.size, etag: written.md5, file: written.file, modifiedAt: call.world.now() };
  call.world.changed();
  return { status: 200, headers: { etag: `"${written.md5}"`, 'x-amz-checksum-crc32': written.crc32 } };
}

export async function completeUpload(call: S3Call): Promise<S3Answer> {
  const upload = uploadOf(call);
  const wish = readXml(await textBody(call));
  if (!wish) throw new S3Fault('MalformedXML');
  const named = all(wish, 'Part').map((part) => ({
    number: Number(textOf(part, 'PartNumber')),
    etag: textOf(part, 'ETag')?.replaceAll('"', '') ?? '',
  }));
  if (named.length === 0) throw new S3Fault('MalformedXML');
  const parts = named.map(({ number, etag }, index) => {
    const part = upload.parts[number];
    if (index > 0 && number <= (named[index - 1]?.number ?? 0)) throw new S3Fault('InvalidPartOrder');
    if (part?.etag !== etag) throw new S3Fault('InvalidPart');
    return part;
  });
  if (parts.slice(0, -1).some(({ size }) => size < LEAST_PART)) throw new S3Fault('EntityTooSmall');
  async function* bytes() {
    for (const { file } of parts) yield* call.world.files.read(file);
  }
  const written = await call.world.files.write(bytes());
  const digest = createHash('md5');
  for (const { etag } of parts) digest.update(Buffer.from(etag, 'hex'));
  const object: ObjectRecord = {
    size: written.size,
    etag: `${digest.digest('hex')}-${parts.length}`,
    modifiedAt: call.world.now(),
    contentType: upload.contentType,
    metadata: upload.metadata,
    tags: {},
    file: written.file,
    checksums: {},
  };
  const bucket = bucketOf(call);
  forget(call, upload);
  call.world.put(bucket, upload.key, object, 'ObjectCreated:CompleteMultipartUpload', call.signed.accessKey);
  const at = `${call.world.minioUrl}/${upload.bucket}/${upload.key}`;
  const result = { Location: at, Bucket: upload.bucket, Key: upload.key, ETag: `"${object.etag}"` };
  return { status: 200, body: xmlDocument('CompleteMultipartUploadResult', result) };
}

export function abortUpload(call: S3Call): S3Answer {
  forget(call, uploadOf(call));
  return { status: 204 };
}

export function listParts(call: S3Call): S3Answer {
  const upload = uploadOf(call);
  const most = Math.min(Number(call.query.get('max-parts') ?? 1000) || 1000, 1000);
  const after = Number(call.query.get('part-number-marker') ?? 0) || 0;
  const numbers = Object.keys(upload.parts)
    .map(Number)
    .filter((number) => number > after);
  const page = numbers.sort((one, other) => one - other).slice(0, most);
  const parts = page.map((number) => {
    const part = upload.parts[number];
    return {
      PartNumber: number,
      LastModified: new Date(part?.modifiedAt ?? 0).toISOString(),
      ETag: `"${part?.etag ?? ''}"`,
      Size: part?.size ?? 0,
    };
  });
  const body = xmlDocument('ListPartsResult', {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1) ?? 0,
    MaxParts: most,
    IsTruncated: page.length < numbers.length,
    Part: parts,
  });
  return { status: 200, body };
}

export function listUploads(call: S3Call): S3Answer {
  const bucket = bucketOf(call);
  const prefix = call.query.get('prefix') ?? '';
  const uploads = call.world.state.uploads.filter((upload) => upload.bucket === bucket.name && upload.key.startsWith(prefix));
  const body = xmlDocument('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    Prefix: prefix,
    MaxUploads: 1000,
    IsTruncated: false,
    Upload: uploads.map(({ key, id, startedAt }) => ({ Key: key, UploadId: id, Initiated: new Date(startedAt).toISOString() })),
  });
  return { status: 200, body };
}

function uploadOf(call: S3Call): UploadRecord {
  bucketOf(call);
  const id = call.query.get('uploadId');
  const upload = call.world.state.uploads.find((one) => one.id === id && one.bucket === call.bucket && one.key === call.key);
  if (!upload) throw new S3Fault('NoSuchUpload');
  return upload;
}

function forget(call: S3Call, upload: UploadRecord): void {
  const { state, files, changed } = call.world;
  for (const part of Object.values(upload.parts)) files.remove(part.file);
  state.uploads.splice(state.uploads.indexOf(upload), 1);
  changed();
}
