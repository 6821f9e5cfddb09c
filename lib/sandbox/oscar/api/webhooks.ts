import type { ServiceRecord } from '../state';
import { type OscarWorld, ROOT_USER } from '../world';
import { split } from './service-buckets';

type Places = Pick<ServiceRecord, 'input' | 'output'>;

const typeOf = (provider: string) => provider.split('.')[0] ?? '';
const isMinio = ({ storage_provider }: { storage_provider: string }) => typeOf(storage_provider) === 'minio';
const bucketOf = ({ path }: { path: string }) => split(path.replace(/^[ /]+|[ /]+$/g, '')).bucket;

/** What a change of a service does to its buckets' rights and its webhook. */
interface StorageChange {
  /** how often the webhook is registered anew, with the token that the service has now */
  registers: number;
  /** buckets that it has no more, whose rights are set anew */
  dropped: string[];
}

/**
 * What OSCAR does to its storage when a service is changed, as its source has it from 3.6 on: a bucket counts as new that was not in the definition before, or that
 * an input has named already.
 */
export function storageChange(before: Places, after: Places): StorageChange {
  const known = new Set([...before.input, ...before.output].filter(isMinio).map(bucketOf));
  const named = after.input.filter(isMinio).map(bucketOf);
  for (const output of after.output) {
    if (['minio', 's3'].includes(typeOf(output.storage_provider)) && !named.includes(bucketOf(output))) named.push(bucketOf(output));
  }
  let registers = 0;
  for (const bucket of named) if (!known.delete(bucket)) registers += 1;
  return { registers, dropped: [...known] };
}

const INVALID = 'Invalid arguments specified. (Invalid arguments specified)';

/**
 * What OSCAR says, with status 500, of rights that MinIO would not set for whoever comes with the cluster's password: it has no such user. OSCAR goes on all the same.
 * @returns empty: nothing
 */
export function complaintOf(world: OscarWorld, owner: string, { registers, dropped }: StorageChange): string {
  const isUser = owner !== ROOT_USER && Object.hasOwn(world.state.users, owner);
  const ofNew = owner
    ? `setting MinIO policy for user/group ${owner}: The specified user does not exist. (Specified user does not exist)`
    : `creating/adding MinIO policy for user/group : ${INVALID}`;
  const parts = Array.from({ length: isUser ? 0 : registers }, () => `Error creating the service: error ${ofNew}`);
  for (const _ of dropped) parts.push(`error setting new policies: error creating/adding MinIO policy for user/group : ${INVALID}`);
  return parts.join('');
}
