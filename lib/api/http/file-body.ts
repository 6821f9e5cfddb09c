import { Readable } from 'node:stream';
import { AppError } from '@/lib/core/errors';

/** How many bytes come: a storage wants to know before it takes any of them. @throws AppError `bad-request`, `body-too-large` */
export function lengthOf(request: Request): number {
  const bytes = Number(request.headers.get('content-length') ?? Number.NaN);
  if (Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= 5 * 1024 ** 3) return bytes;
  throw new AppError({
    code: bytes > 0 ? 'body-too-large' : 'bad-request',
    title: bytes > 0 ? 'The file is larger than 5 GiB' : 'The length of the file is not said',
    remedy: bytes > 0 ? 'Send it in parts: begin with POST …/uploads.' : 'Send Content-Length.',
  });
}

/** The bytes of a request as they come. */
export function sentBody(request: Request): Readable | Uint8Array {
  // undici's streams are Node's: the type of the web's lacks what both have
  return request.body ? Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]) : new Uint8Array();
}
