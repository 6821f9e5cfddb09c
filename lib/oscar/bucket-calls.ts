import { bucketsSchema, presignedSchema } from './schemas';
import { step, type Transport } from './transport';
import type { OscarBucket } from './types';

/** Buckets as OSCAR knows them (3.6 and later): with whom they belong to and who may use them. */
export async function listBuckets(transport: Transport): Promise<OscarBucket[]> {
  const call = { method: 'GET', path: '/system/buckets', doing: 'list its buckets', expects: [200] } as const;
  const found = await transport.read(call, bucketsSchema);
  return found.map((one) => ({
    name: one.bucket_name,
    visibility: one.visibility || 'private',
    owner: one.owner,
    allowedUsers: one.allowed_users,
    service: one.metadata?.from_service || null,
  }));
}

/** What a bucket is to be. */
export interface BucketWish {
  name: string;
  visibility: 'private' | 'restricted' | 'public';
  allowedUsers?: string[];
}

export async function createBucket(transport: Transport, wish: BucketWish): Promise<void> {
  const call = {
    method: 'POST',
    path: '/system/buckets',
    doing: `create the bucket ${wish.name}`,
    body: asBody(wish),
    expects: [201],
  } as const;
  await transport.call(call);
}

export async function updateBucket(transport: Transport, wish: BucketWish): Promise<void> {
  const call = {
    method: 'PUT',
    path: '/system/buckets',
    doing: `change the bucket ${wish.name}`,
    body: asBody(wish),
    expects: [200, 204],
  } as const;
  await transport.call(call);
}

/** Removes a bucket with all that is in it. @returns whether there was one */
export async function deleteBucket(transport: Transport, name: string): Promise<boolean> {
  const call = {
    method: 'DELETE',
    path: `/system/buckets/${step(name)}`,
    doing: `remove the bucket ${name}`,
    expects: [204, 404],
  } as const;
  return (await transport.call(call)).status === 204;
}

/** An address by which a file can be sent or fetched without keys, for a while. */
export interface Presigned {
  method: string;
  url: string;
  expiresAt: string;
  headers: Record<string, string>;
}

export async function presign(
  transport: Transport,
  wish: { bucket: string; key: string; operation: 'upload' | 'download'; seconds: number },
): Promise<Presigned> {
  const body = { object_key: wish.key, operation: wish.operation, expires_in: wish.seconds };
  const call = {
    method: 'POST',
    path: `/system/buckets/${step(wish.bucket)}/presign`,
    doing: `sign an address of ${wish.bucket}`,
    body,
    expects: [200],
  } as const;
  const { method, url, expires_at: expiresAt, headers } = await transport.read(call, presignedSchema);
  return { method, url, expiresAt, headers };
}

const asBody = ({ name, visibility, allowedUsers = [] }: BucketWish) => ({ bucket_name: name, visibility, allowed_users: allowedUsers });
