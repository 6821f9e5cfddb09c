import { z } from 'zod';
import type { Answer, Call } from '../../http/call';
import { isBucketName, newBucket } from '../s3/buckets';
import { listKeys } from '../s3/listing';
import { presign } from '../s3/signature';
import type { BucketRecord } from '../state';
import { accountOf, type OscarWorld, REGION, ROOT_USER } from '../world';
import { bodyOf, type Caller, json, refuse } from './call';
import { decode, fields } from './go-json';

const PAGE = 70;
const BAD_BUCKET = 'The Bucket specification is not valid';
/** an hour up to 3.7, a week since */
const longestSeconds = (world: OscarWorld) => (world.abilities.deployments ? 604_800 : 3600);
const bucketShape = fields('bucket_name visibility allowed_users');
const bucketSchema = z.object({
  bucket_name: z.string(),
  visibility: z.string().default(''),
  allowed_users: z.array(z.string()).default([]),
});
const presignSchema = z.object({
  object_key: z.string().min(1),
  operation: z.string().min(1),
  expires_in: z.int().default(0),
  content_type: z.string().default(''),
});

export function listBuckets(world: OscarWorld, caller: Caller): Answer {
  const seen = world.state.buckets.filter((bucket) => mayUse(bucket, caller));
  return json(seen.length === 0 ? null : seen.map((bucket) => shown(bucket)));
}

export function createBucket(world: OscarWorld, caller: Caller, call: Call): Answer {
  const wish = read(call);
  if (!isBucketName(wish.bucket_name)) {
    throw refuse(
      400,
      `Error creating bucket with name '${wish.bucket_name}': error creating bucket ${wish.bucket_name}: InvalidBucketName: The specified bucket is not valid.`,
    );
  }
  if (world.bucket(wish.bucket_name))
    throw refuse(400, `Error creating bucket with name '${wish.bucket_name}': the bucket "${wish.bucket_name}" already exists\n`);
  // who comes with the cluster's password is asked for a visibility, and not given it
  const more = caller.admin ? {} : { visibility: visibilityOf(wish.visibility), allowedUsers: wish.allowed_users };
  world.state.buckets.push(newBucket(wish.bucket_name, caller.uid, world.now(), more));
  world.changed();
  return { status: 201 };
}

export function updateBucket(world: OscarWorld, caller: Caller, call: Call): Answer {
  const wish = read(call);
  const bucket = world.bucket(wish.bucket_name);
  if (!bucket) throw refuse(500, 'Missing bucket metadata: \n');
  // of a bucket that is not one's own, and of any with the cluster's password, nothing changes, and nothing is said
  if (caller.admin || bucket.owner !== caller.uid) return { status: 204 };
  bucket.visibility = visibilityOf(wish.visibility);
  bucket.allowedUsers = wish.allowed_users;
  world.changed();
  return { status: 204 };
}

export function getBucket(world: OscarWorld, caller: Caller, call: Call): Answer {
  const name = call.params.name ?? '';
  const bucket = world.bucket(name);
  if (!bucket && caller.admin) {
    throw refuse(500, `Error listing objects in bucket '${name}': NoSuchBucket: The specified bucket does not exist`);
  }
  if (!bucket || !mayUse(bucket, caller)) throw refuse(403, `User '${caller.uid}' is not authorised`);
  const asked = call.query.get('page') ?? '';
  const after = asked === '' ? '' : Buffer.from(asked, 'base64url').toString('utf8');
  const page = listKeys(Object.keys(bucket.objects), { prefix: '', delimiter: '', after, most: PAGE });
  const objects = page.keys.map((key) => ({
    object_name: key,
    size_bytes: bucket.objects[key]?.size ?? 0,
    // as Go prints a time
    last_modified: `${new Date(bucket.objects[key]?.modifiedAt ?? 0).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`,
  }));
  return json({
    ...shown(bucket),
    ...(objects.length > 0 ? { objects } : {}),
    ...(page.next === null ? {} : { next_page: Buffer.from(page.next).toString('base64url') }),
    is_truncated: page.next !== null,
    returned_items: objects.length,
  });
}

export function deleteBucket(world: OscarWorld, caller: Caller, call: Call): Answer {
  world.removeBucket(ownBucket(world, caller, call.params.name ?? '').name);
  return { status: 204 };
}

/** A signed address for one object, so that bytes need not pass through OSCAR. */
export function presignObject(world: OscarWorld, caller: Caller, call: Call): Answer {
  const wish = presignSchema.safeParse(bodyOf(call, 'Invalid presign request'));
  if (!wish.success) throw refuse(400, `Invalid presign request: ${wish.error.issues[0]?.message}`);
  const { expires_in, content_type } = wish.data;
  const key = wish.data.object_key.replace(/^[ /]+|[ /]+$/g, '');
  const operation = wish.data.operation.trim().toLowerCase();
  if (operation !== 'upload' && operation !== 'download') {
    throw refuse(400, `Unsupported operation '${wish.data.operation}'. Allowed values are 'upload' or 'download'`);
  }
  const seconds = expires_in === 0 ? 900 : expires_in;
  const longest = longestSeconds(world);
  if (seconds < 1 || seconds > longest) {
    throw refuse(400, `Invalid expiration requested: ${seconds}. Allowed range is 1-${longest} seconds`);
  }
  const name = call.params.name ?? '';
  const bucket = world.bucket(name);
  if (!bucket) throw refuse(404, `Bucket '${name}' not found`);
  if (!mayUse(bucket, caller)) {
    throw refuse(403, `User '${caller.uid}' is not authorised to generate presigned URLs for bucket '${name}'`);
  }
  const method = operation === 'upload' ? 'PUT' : 'GET';
  const url = new URL(world.minioEndpoint);
  url.pathname = `/${bucket.name}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const now = new Date();
  const keys = { accessKey: caller.uid, secret: world.secretOf(caller.uid) ?? '', region: REGION };
  return json({
    object_key: key,
    operation,
    method,
    url: presign({ method, url, expiresSeconds: seconds, at: now }, keys),
    expires_at: new Date(now.getTime() + seconds * 1000).toISOString(),
    ...(content_type ? { headers: { 'Content-Type': content_type } } : {}),
  });
}

function read(call: Call): z.infer<typeof bucketSchema> {
  const result = bucketSchema.safeParse(decode(bodyOf(call, BAD_BUCKET), bucketShape));
  if (!result.success) throw refuse(400, BAD_BUCKET);
  return result.data;
}

/** What is none of them is taken, and is none. */
const visibilityOf = (text: string): BucketRecord['visibility'] => (text === 'public' || text === 'restricted' ? text : 'private');

function ownBucket(world: OscarWorld, caller: Caller, name: string): BucketRecord {
  const bucket = world.bucket(name);
  if (!bucket) throw refuse(404, `The bucket '${name}' does not exist`);
  if (bucket.owner !== caller.uid && !caller.admin) throw refuse(403, `User '${caller.uid}' is not authorised`);
  return bucket;
}

function mayUse(bucket: BucketRecord, caller: Caller): boolean {
  if (caller.admin || bucket.owner === caller.uid || bucket.visibility === 'public') return true;
  return bucket.visibility === 'restricted' && bucket.allowedUsers.includes(caller.uid);
}

function shown(bucket: BucketRecord): Record<string, unknown> {
  // of what is made with the cluster's password, OSCAR names itself
  const owner = bucket.owner === ROOT_USER ? 'oscar' : bucket.owner;
  return {
    bucket_name: bucket.name,
    visibility: accountOf(bucket.owner) === ROOT_USER ? '' : bucket.visibility,
    allowed_users: bucket.visibility === 'restricted' ? bucket.allowedUsers : null,
    owner,
    metadata: { owner_name: owner, ...(bucket.service ? { from_service: bucket.service } : {}) },
  };
}
