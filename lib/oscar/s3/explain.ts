import { AppError, type ErrorCode } from '@/lib/core/errors';

/** S3's own codes that people meet, and what helps. */
const known: Record<string, { code: ErrorCode; title: string; cause?: string; remedy: string }> = {
  AccessDenied: {
    code: 'forbidden',
    title: 'The storage does not allow that',
    cause: 'The bucket belongs to somebody else, or the keys may not do this.',
    remedy: 'Ask the bucket’s owner.',
  },
  BucketAlreadyOwnedByYou: { code: 'conflict', title: 'That bucket is there already', remedy: 'Choose another name.' },
  BucketAlreadyExists: { code: 'conflict', title: 'That bucket is there already', remedy: 'Choose another name.' },
  BucketNotEmpty: { code: 'conflict', title: 'The bucket is not empty', remedy: 'Remove what is in it first.' },
  EntityTooLarge: { code: 'body-too-large', title: 'The file is too large for the storage', remedy: 'Upload it in parts.' },
  InvalidAccessKeyId: {
    code: 'credential-invalid',
    title: 'The storage does not know these keys',
    cause: 'They were taken back, or belong to another storage.',
    remedy: 'Load the cluster’s page again: it asks OSCAR for the keys that count now.',
  },
  InvalidBucketName: {
    code: 'invalid-input',
    title: 'That is no name for a bucket',
    cause: 'A bucket’s name has 3 to 63 small letters, digits, dots and dashes.',
    remedy: 'Choose such a name.',
  },
  NoSuchBucket: { code: 'not-found', title: 'There is no such bucket', remedy: 'Load the page again.' },
  NoSuchKey: { code: 'not-found', title: 'There is no such file', remedy: 'Load the page again.' },
  NotFound: { code: 'not-found', title: 'There is no such file', remedy: 'Load the page again.' },
  NoSuchUpload: {
    code: 'not-found',
    title: 'That upload has ended',
    cause: 'It was finished or given up before.',
    remedy: 'Begin the upload again.',
  },
  PreconditionFailed: {
    code: 'conflict',
    title: 'The file has changed meanwhile',
    cause: 'It was written anew while it was asked for.',
    remedy: 'Try again.',
  },
  RequestTimeTooSkewed: {
    code: 'upstream-refused',
    title: 'The clocks are too far apart',
    cause: 'The storage’s clock and that of Transat differ by more than a quarter of an hour.',
    remedy: 'Have the cluster’s machine set its clock by the network.',
  },
  SignatureDoesNotMatch: {
    code: 'credential-invalid',
    title: 'The storage does not take these keys',
    cause: 'The secret key is not the one that belongs to the access key, or a proxy changes requests on the way.',
    remedy: 'Load the cluster’s page again: it asks OSCAR for the keys that count now.',
  },
};

/** An error of the S3 client as one of the house; the guard's and the network's own are that already. */
export function explainS3(error: unknown, store: string, doing: string): AppError {
  if (error instanceof AppError) return error;
  const { name, message, status, requestId } = partsOf(error);
  const rule = Object.hasOwn(known, name) ? known[name] : undefined;
  const upstream = { service: 's3', status, message: `${name}: ${message}`.slice(0, 300), requestId };
  const detail = `The storage of ${store} did not ${doing}.`;
  if (rule) return new AppError({ ...rule, detail, upstream });
  const starting = status === 503;
  return new AppError({
    code: 'upstream-failed',
    title: starting ? 'The storage is not ready' : 'The storage failed',
    detail,
    cause: starting ? 'It starts again for some seconds each time a service is created or removed.' : undefined,
    remedy: starting ? 'Try again in some seconds.' : 'Try again. If it stays, tell the cluster’s operator.',
    upstream,
  });
}

function partsOf(error: unknown): { name: string; message: string; status?: number; requestId?: string } {
  if (!(error instanceof Error)) return { name: 'Unknown', message: 'no error' };
  const meta: unknown = Reflect.get(error, '$metadata');
  const of = (key: string): unknown => (typeof meta === 'object' && meta !== null ? Reflect.get(meta, key) : undefined);
  const [status, requestId] = [of('httpStatusCode'), of('requestId')];
  return {
    name: error.name,
    message: error.message,
    status: typeof status === 'number' ? status : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}
