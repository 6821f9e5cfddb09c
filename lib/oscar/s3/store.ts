import type { Readable } from 'node:stream';
import { Readable as NodeReadable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Peer } from '@/lib/web/types';
import type { ObjectStoreAccess } from '../types';
import { explainS3 } from './explain';
import { GuardedHandler } from './handler';
import type { StoredPart } from './parts';

/** A file in a bucket. */
export interface StoredObject {
  key: string;
  bytes: number;
  modifiedAt: string | null;
  etag: string;
}

export interface ObjectPage {
  objects: StoredObject[];
  /** what stands for all files of a folder */
  folders: string[];
  next: string | null;
}

export interface ObjectHead {
  bytes: number;
  type: string;
  etag: string;
  modifiedAt: string | null;
}

const MOST_KEYS = 1000;

/** The object storage of a cluster: an S3 client whose every byte goes through the guarded door. */
export class ObjectStore {
  readonly #client: S3Client;
  readonly #name: string;

  /** @param peer whose storage it is, and what is allowed on the way there */
  constructor(access: ObjectStoreAccess, peer: Omit<Peer, 'kind' | 'address'>) {
    this.#name = peer.name ?? peer.id;
    this.#client = new S3Client({
      endpoint: access.endpoint,
      region: access.region || 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: access.accessKey, secretAccessKey: access.secretKey.reveal() },
      requestHandler: new GuardedHandler({ ...peer, kind: 'cluster', address: access.endpoint }),
      // storages that are not Amazon's take no checksums that nobody asked for
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
    });
  }

  buckets(): Promise<string[]> {
    return this.#try('list its buckets', async () => {
      const { Buckets = [] } = await this.#client.send(new ListBucketsCommand({}));
      return Buckets.flatMap(({ Name }) => Name ?? []);
    });
  }

  /** Whether a bucket is there and may be used. */
  hasBucket(Bucket: string): Promise<boolean> {
    return this.#try(`look for the bucket ${Bucket}`, () => this.#client.send(new HeadBucketCommand({ Bucket })).then(() => true, absent));
  }

  createBucket(Bucket: string): Promise<void> {
    return this.#try(`create the bucket ${Bucket}`, async () => void (await this.#client.send(new CreateBucketCommand({ Bucket }))));
  }

  deleteBucket(Bucket: string): Promise<void> {
    return this.#try(`remove the bucket ${Bucket}`, async () => void (await this.#client.send(new DeleteBucketCommand({ Bucket }))));
  }

  /** A page of a folder. @param from where the page before ended */
  list(Bucket: string, Prefix: string, options: { from?: string; limit?: number; deep?: boolean } = {}): Promise<ObjectPage> {
    return this.#try(`list the bucket ${Bucket}`, async () => {
      const answer = await this.#client.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix,
          ContinuationToken: options.from,
          MaxKeys: Math.min(options.limit ?? MOST_KEYS, MOST_KEYS),
          ...(options.deep ? {} : { Delimiter: '/' }),
        }),
      );
      const objects = (answer.Contents ?? []).flatMap(({ Key, Size, LastModified, ETag }) =>
        Key === undefined ? [] : [{ key: Key, bytes: Size ?? 0, modifiedAt: LastModified?.toISOString() ?? null, etag: plain(ETag) }],
      );
      const folders = (answer.CommonPrefixes ?? []).flatMap((one) => one.Prefix ?? []);
      return { objects, folders, next: answer.IsTruncated ? (answer.NextContinuationToken ?? null) : null };
    });
  }

  /** What is known of a file; null where there is none. */
  head(Bucket: string, Key: string): Promise<ObjectHead | null> {
    return this.#try(`look for ${Key}`, async () => {
      const found = await this.#client.send(new HeadObjectCommand({ Bucket, Key })).catch(absent);
      if (!found) return null;
      const type = found.ContentType ?? 'application/octet-stream';
      return { bytes: found.ContentLength ?? 0, type, etag: plain(found.ETag), modifiedAt: found.LastModified?.toISOString() ?? null };
    });
  }

  /**
   * The bytes of a file as they come, and how many they are.
   * @param part both ends are included; `etag`: only of the file as it was then
   */
  get(Bucket: string, Key: string, part: { start?: number; end?: number; etag?: string } = {}): Promise<{ bytes: number; body: Readable }> {
    return this.#try(`read ${Key}`, async () => {
      const Range = part.end === undefined ? undefined : `bytes=${part.start ?? 0}-${part.end}`;
      const IfMatch = part.etag && `"${part.etag}"`;
      const { Body, ContentLength } = await this.#client.send(new GetObjectCommand({ Bucket, Key, Range, IfMatch }));
      return { bytes: ContentLength ?? 0, body: Body instanceof NodeReadable ? Body : NodeReadable.from([]) };
    });
  }

  /** Writes a file whole. @returns its ETag */
  put(
    Bucket: string,
    Key: string,
    body: Uint8Array | Readable,
    about: { bytes: number; type?: string; signal?: AbortSignal },
  ): Promise<string> {
    return this.#try(`write ${Key}`, async () => {
      const command = new PutObjectCommand({ Bucket, Key, Body: body, ContentLength: about.bytes, ContentType: about.type });
      const { ETag } = await this.#client.send(command, { abortSignal: about.signal });
      return plain(ETag);
    });
  }

  /** Removes files; those that are not there count as removed. @throws AppError for the first that the storage keeps */
  remove(Bucket: string, keys: string[]): Promise<void> {
    return this.#try(`remove files of ${Bucket}`, async () => {
      for (let from = 0; from < keys.length; from += MOST_KEYS) {
        const Objects = keys.slice(from, from + MOST_KEYS).map((Key) => ({ Key }));
        const { Errors = [] } = await this.#client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
        const [first] = Errors.filter(({ Code }) => Code !== 'NoSuchKey');
        // a success as a whole, whatever became of each: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
        if (first) throw Object.assign(new Error(`${first.Message ?? ''} (${first.Key ?? ''})`), { name: first.Code ?? 'Unknown' });
      }
    });
  }

  /** An address by which one file can be read or written without keys. */
  presign(Bucket: string, Key: string, operation: 'read' | 'write', seconds: number): Promise<string> {
    const command = operation === 'read' ? new GetObjectCommand({ Bucket, Key }) : new PutObjectCommand({ Bucket, Key });
    return this.#try(`sign an address of ${Key}`, () => getSignedUrl(this.#client, command, { expiresIn: seconds }));
  }

  /** An address by which one part of a large file can be sent without keys. */
  presignPart(Bucket: string, Key: string, UploadId: string, PartNumber: number, seconds: number): Promise<string> {
    const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber });
    return this.#try(`sign an address of ${Key}`, () => getSignedUrl(this.#client, command, { expiresIn: seconds }));
  }

  /** Begins an upload in parts. @returns its id */
  beginUpload(Bucket: string, Key: string, ContentType?: string): Promise<string> {
    return this.#try(`begin the upload of ${Key}`, async () => {
      const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }));
      return UploadId ?? '';
    });
  }

  /** An upload of a file that was begun and neither finished nor given up; null where there is none. */
  openUpload(Bucket: string, Key: string): Promise<string | null> {
    return this.#try(`look for uploads of ${Key}`, async () => {
      const { Uploads = [] } = await this.#client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
      return Uploads.findLast((upload) => upload.Key === Key)?.UploadId ?? null;
    });
  }

  putPart(
    Bucket: string,
    Key: string,
    UploadId: string,
    part: { number: number; body: Uint8Array | Readable; bytes: number; signal?: AbortSignal },
  ): Promise<string> {
    return this.#try(`take part ${part.number} of ${Key}`, async () => {
      const { number: PartNumber, body: Body, bytes: ContentLength } = part;
      const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ContentLength });
      return plain((await this.#client.send(command, { abortSignal: part.signal })).ETag);
    });
  }

  /** The parts of an upload that the storage has. */
  storedParts(Bucket: string, Key: string, UploadId: string): Promise<StoredPart[]> {
    return this.#try(`list the parts of ${Key}`, async () => {
      const found: StoredPart[] = [];
      for (let PartNumberMarker: string | undefined, more = true; more; ) {
        const answer = await this.#client.send(new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker }));
        for (const { PartNumber, Size, ETag } of answer.Parts ?? [])
          found.push({ number: PartNumber ?? 0, size: Size ?? 0, etag: plain(ETag) });
        more = answer.IsTruncated ?? false;
        PartNumberMarker = answer.NextPartNumberMarker;
      }
      return found;
    });
  }

  /** Makes the file of its parts. */
  completeUpload(Bucket: string, Key: string, UploadId: string, parts: StoredPart[]): Promise<string> {
    return this.#try(`finish the upload of ${Key}`, async () => {
      const Parts = parts
        .toSorted((one, other) => one.number - other.number)
        .map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` }));
      const { ETag } = await this.#client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
      return plain(ETag);
    });
  }

  abortUpload(Bucket: string, Key: string, UploadId: string): Promise<void> {
    return this.#try(`give up the upload of ${Key}`, async () => {
      await this.#client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    });
  }

  async #try<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainS3(error, this.#name, doing);
    }
  }
}

const plain = (etag = '') => etag.replaceAll('"', '');

/** Whether what was looked for is simply not there; throws what else went wrong. */
function absent(error: unknown): false {
  if (error instanceof Error && ['NotFound', 'NoSuchKey', 'NoSuchBucket'].includes(error.name)) return false;
  throw error;
}
