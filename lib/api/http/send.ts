import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';

const packed = promisify(gzip);

/** Bytes from which an answer is worth to be compressed: what is shorter is with the reader as soon, and to compress it takes as long as to make it. */
const worthwhile = 4096;
/** Longer ones are never whole in memory. */
const mostWhole = 1_048_576;
const isText = /^(?:text\/|application\/(?:\S+\+)?json\b)/;

/**
 * Sends an answer to whoever asked, compressed where they take it and it is worth it.
 * @throws where who asked has gone before its end; the answer's stream is cancelled then
 */
export async function send(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { body, headers, status } = response;
  outgoing.statusCode = status;
  outgoing.setHeaders(headers);
  if (!body) return void outgoing.end();
  const length = Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY);
  const packs = isPackable(headers) && length >= worthwhile && takesGzip(incoming);
  if (isPackable(headers)) outgoing.appendHeader('vary', 'accept-encoding');
  if (packs) {
    outgoing.removeHeader('content-length');
    outgoing.setHeader('content-encoding', 'gzip');
  }
  if (length <= mostWhole) {
    const bytes = Buffer.from(await response.arrayBuffer());
    return void outgoing.end(packs ? await packed(bytes) : bytes);
  }
  outgoing.flushHeaders();
  // of Node's own streams: a pipeline heeds who has gone at the next piece only where it is the web's
  const pieces = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  await (packs ? pipeline(pieces, createGzip(), outgoing) : pipeline(pieces, outgoing));
}

// what comes piece by piece says no-transform: a compressor would hold it back until its buffer is full
function isPackable(headers: Headers): boolean {
  return isText.test(headers.get('content-type') ?? '') && !headers.get('cache-control')?.includes('no-transform');
}

function takesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers['accept-encoding'] ?? ''));
}
