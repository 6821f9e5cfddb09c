import { AppError } from '@/lib/core/errors';
import { explainFailure } from './failures';
import type { StreamAnswer } from './stream';
import { nameOf, type Peer } from './types';

/** As much as a door takes of any answer. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * The body of an answer that is to be held: what is larger than 8 MiB is not read to its end.
 * @param asked which service was asked at which host, and how many seconds it was given; the request's own signal ends the reading
 * @throws AppError `upstream-failed` (too large), `site-unreachable` (cut off, or not in time)
 */
export async function wholeBody(
  { body }: Pick<StreamAnswer, 'body'>,
  peer: Peer,
  asked: { service: string; host: string; seconds: number },
): Promise<Buffer> {
  const to = { kind: peer.kind, discreet: peer.discreet, site: nameOf(peer), service: asked.service, host: asked.host, requestId: '' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const piece = Buffer.from(chunk as Uint8Array); // the body of a request, which undici gives as bytes
      bytes += piece.length;
      if (bytes > MOST_BYTES) throw tooLarge();
      chunks.push(piece);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    body.destroy();
    throw error instanceof AppError ? error : explainFailure(error, to, asked.seconds);
  }
}

const tooLarge = () => Object.assign(new Error('more than 8 MiB'), { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
