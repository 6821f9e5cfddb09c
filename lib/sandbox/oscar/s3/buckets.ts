import type { BucketRecord } from '../state';
import { ROOT_USER } from '../world';
import { bucketOf, type S3Answer, type S3Call, textBody } from './call';
import { S3Fault } from './errors';
import { listKeys } from './listing';
import { all, readXml, textOf, type Xml, xmlDocument } from './xml';

const MOST_KEYS = 1000;
const goodName = /^(?!xn--|.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const iso = (at: number) => new Date(at).toISOString();
const xml = (root: string, content: Record<string, Xml | Xml[]>): S3Answer => ({ status: 200, body: xmlDocument(root, content) });
const owner = { ID: '02d6176db174dc93cb1b899f7c6078f08654445fe8cf1b6ce98d8855f66bdbf4', DisplayName: ROOT_USER };

/** A new bucket of somebody. */
export function newBucket(name: string, user: string, now: number, more: Partial<BucketRecord> = {}): BucketRecord {
  const empty = { allowedUsers: [], service: null, rules: [], tags: {}, objects: {} };
  return { name, createdAt: now, owner: user, visibility: 'private', ...empty, ...more };
}

/** Whether S3 takes it as the name of a bucket. */
export const isBucketName = (name: string) => goodName.test(name) && !/^(\d+\.){3}\d+$/.test(name);

export function listBuckets({ world, signed }: S3Call): S3Answer {
  const seen = world.state.buckets.filter(
    (bucket) => signed.accessKey === ROOT_USER || bucket.owner === signed.accessKey || bucket.visibility === 'public',
  );
  const sorted = seen.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const items = sorted.map((bucket) => ({ Name: bucket.name, CreationDate: iso(bucket.createdAt) }));
  return xml('ListAllMyBucketsResult', { Owner: owner, Buckets: { Bucket: items } });
}

export async function createBucket(call: S3Call): Promise<S3Answer> {
  await textBody(call);
  if (!isBucketName(call.bucket)) throw new S3Fault('InvalidBucketName');
  if (call.world.bucket(call.bucket)) throw new S3Fault('BucketAlreadyOwnedByYou');
  call.world.state.buckets.push(newBucket(call.bucket, call.signed.accessKey, call.world.now()));
  call.world.changed();
  return { status: 200, headers: { location: `/${call.bucket}` } };
}

export function headBucket(call: S3Call): S3Answer {
  bucketOf(call);
  return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
}

export function deleteBucket(call: S3Call): S3Answer {
  const bucket = bucketOf(call);
  if (Object.keys(bucket.objects).length > 0) throw new S3Fault('BucketNotEmpty');
  call.world.removeBucket(bucket.name);
  return { status: 204 };
}

/** Both versions of the listing. */
export function listObjects(call: S3Call): S3Answer {
  const bucket = bucketOf(call);
  const { query } = call;
  const second = query.get('list-type') === '2';
  const most = Math.min(Number(query.get('max-keys') ?? MOST_KEYS), MOST_KEYS);
  if (!Number.isInteger(most) || most < 0) throw new S3Fault('InvalidArgument');
  const token = query.get('continuation-token');
  const after = second
    ? token
      ? Buffer.from(token, 'base64url').toString('utf8')
      : (query.get('start-after') ?? '')
    : (query.get('marker') ?? '');
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const page = listKeys(Object.keys(bucket.objects), { prefix, delimiter, after, most });
  const encoded = query.get('encoding-type') === 'url';
  const shown = (text: string) => (encoded ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  const contents = page.keys.map((key) => {
    const object = bucket.objects[key];
    return {
      Key: shown(key),
      LastModified: iso(object?.modifiedAt ?? 0),
      ETag: `"${object?.etag ?? ''}"`,
      Size: object?.size ?? 0,
      Owner: second && query.get('fetch-owner') !== 'true' ? undefined : owner,
      StorageClass: 'STANDARD',
    };
  });
  const places = second
    ? {
        KeyCount: contents.length + page.prefixes.length,
        ContinuationToken: token ?? undefined,
        NextContinuationToken: page.next === null ? undefined : Buffer.from(page.next).toString('base64url'),
        StartAfter: query.get('start-after') ?? undefined,
      }
    : { Marker: shown(after), NextMarker: page.next === null ? undefined : shown(page.next) };
  return xml('ListBucketResult', {
    Name: bucket.name,
    Prefix: shown(prefix),
    Delimiter: delimiter === '' ? undefined : shown(delimiter),
    MaxKeys: most,
    EncodingType: encoded ? 'url' : undefined,
    IsTruncated: page.next !== null,
    ...places,
    Contents: contents,
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: shown(one) })),
  });
}

/** Deletes many objects in one call. */
export async function deleteObjects(call: S3Call): Promise<S3Answer> {
  const bucket = bucketOf(call);
  const wish = readXml(await textBody(call));
  if (!wish) throw new S3Fault('MalformedXML');
  const keys = all(wish, 'Object').flatMap((one) => all(one, 'Key').map(({ text }) => text));
  if (keys.length === 0 || keys.length > MOST_KEYS) throw new S3Fault('MalformedXML');
  for (const key of keys) call.world.remove(bucket, key, call.signed.accessKey);
  return xml('DeleteResult', { Deleted: textOf(wish, 'Quiet') === 'true' ? [] : keys.map((Key) => ({ Key })) });
}

/** What is kept of a bucket beside its objects. */
export async function bucketDetail(call: S3Call, what: string): Promise<S3Answer> {
  const bucket = bucketOf(call);
  if (what === 'location') return xml('LocationConstraint', {});
  if (what === 'versioning') return call.method === 'GET' ? xml('VersioningConfiguration', {}) : { status: 200 };
  if (what === 'policy') throw new S3Fault('NoSuchBucketPolicy');
  if (what === 'tagging') return tagging(call, bucket);
  if (what !== 'notification') throw new S3Fault('NotImplemented');
  if (call.method === 'PUT') return putNotification(call, bucket);
  return xml('NotificationConfiguration', {
    QueueConfiguration: bucket.rules.map((rule) => ({
      Id: rule.id,
      Queue: rule.arn,
      Event: rule.events,
      Filter: {
        S3Key: {
          FilterRule: [
            ...(rule.prefix ? [{ Name: 'prefix', Value: rule.prefix }] : []),
            ...(rule.suffix ? [{ Name: 'suffix', Value: rule.suffix }] : []),
          ],
        },
      },
    })),
  });
}

async function putNotification(call: S3Call, bucket: BucketRecord): Promise<S3Answer> {
  const wish = readXml(await textBody(call));
  if (!wish) throw new S3Fault('MalformedXML');
  bucket.rules = all(wish, 'QueueConfiguration').map((one, index) => {
    const rules = all(one, 'Filter')
      .flatMap((filter) => all(filter, 'S3Key'))
      .flatMap((key) => all(key, 'FilterRule'));
    const value = (name: string) => rules.find((rule) => textOf(rule, 'Name')?.toLowerCase() === name);
    const [prefix, suffix] = [value('prefix'), value('suffix')];
    return {
      id: textOf(one, 'Id') ?? `rule-${index + 1}`,
      arn: textOf(one, 'Queue') ?? '',
      events: all(one, 'Event').map(({ text }) => text.trim()),
      prefix: prefix ? (textOf(prefix, 'Value') ?? '') : '',
      suffix: suffix ? (textOf(suffix, 'Value') ?? '') : '',
    };
  });
  call.world.changed();
  return { status: 200 };
}

async function tagging(call: S3Call, bucket: BucketRecord): Promise<S3Answer> {
  if (call.method === 'DELETE') bucket.tags = {};
  if (call.method === 'PUT') bucket.tags = readTags(await textBody(call));
  if (call.method !== 'GET') {
    call.world.changed();
    return { status: call.method === 'PUT' ? 200 : 204 };
  }
  if (Object.keys(bucket.tags).length === 0) throw new S3Fault('NoSuchTagSet');
  return xml('Tagging', { TagSet: { Tag: Object.entries(bucket.tags).map(([Key, Value]) => ({ Key, Value })) } });
}

/** The tags of a `Tagging` document. */
export function readTags(text: string): Record<string, string> {
  const wish = readXml(text);
  if (!wish) throw new S3Fault('MalformedXML');
  const tags = all(wish, 'TagSet').flatMap((set) => all(set, 'Tag'));
  return Object.fromEntries(tags.map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']));
}
