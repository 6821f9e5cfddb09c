import { chunkSignature } from './signature';

/** A streamed body that is not as its headers or signatures say. */
export class BrokenBody extends Error {
  override readonly name = 'BrokenBody';
  readonly code: 'SignatureDoesNotMatch' | 'IncompleteBody';

  constructor(code: BrokenBody['code']) {
    super(code);
    this.code = code;
  }
}

interface Seed {
  key: Buffer;
  scope: string;
  time: string;
  signature: string;
}

const MOST_HEAD = 8 * 1024;
const MOST_CHUNK = 16 * 1024 * 1024;

/**
 * The bytes inside a body of `aws-chunked` encoding, and what trails it.
 * @param seed checks each chunk's signature; left out where chunks are not signed
 * @param trailers is filled with the headers behind the last chunk
 * @throws BrokenBody
 */
export async function* unchunk(body: AsyncIterable<Buffer>, seed: Seed | null, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const reader = new Reader(body);
  let previous = seed?.signature ?? '';
  for (;;) {
    const [size = '', ...extensions] = (await reader.line()).split(';');
    if (!/^[0-9a-fA-F]{1,12}$/.test(size)) throw new BrokenBody('IncompleteBody');
    const length = Number.parseInt(size, 16);
    if (length > MOST_CHUNK) throw new BrokenBody('IncompleteBody');
    const data = await reader.take(length);
    if (seed) {
      previous = chunkSignature(seed, previous, data);
      const given = extensions.find((one) => one.startsWith('chunk-signature='))?.slice('chunk-signature='.length);
      if (given !== previous) throw new BrokenBody('SignatureDoesNotMatch');
    }
    if (data.length === 0) break;
    if ((await reader.line()) !== '') throw new BrokenBody('IncompleteBody');
    yield data;
  }
  for (let line = await reader.line(true); line !== ''; line = await reader.line(true)) {
    const at = line.indexOf(':');
    if (at > 0) trailers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
  }
}

class Reader {
  readonly #source: AsyncIterator<Buffer>;
  #kept: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>) {
    this.#source = body[Symbol.asyncIterator]();
  }

  /** Up to the next line end, without it. @param mayEnd the body may be over: then it is empty */
  async line(mayEnd = false): Promise<string> {
    for (;;) {
      const at = this.#kept.indexOf('\r\n');
      if (at >= 0) {
        const line = this.#kept.subarray(0, at).toString('latin1');
        this.#kept = this.#kept.subarray(at + 2);
        return line;
      }
      if (this.#kept.length > MOST_HEAD) throw new BrokenBody('IncompleteBody');
      if (!(await this.#more())) {
        if (mayEnd && this.#kept.length === 0) return '';
        throw new BrokenBody('IncompleteBody');
      }
    }
  }

  async take(size: number): Promise<Buffer> {
    const parts = [this.#kept];
    let length = this.#kept.length;
    while (length < size) {
      const { value, done } = await this.#source.next();
      if (done) throw new BrokenBody('IncompleteBody');
      parts.push(value);
      length += value.length;
    }
    const all = parts.length === 1 ? this.#kept : Buffer.concat(parts);
    this.#kept = all.subarray(size);
    return all.subarray(0, size);
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) return false;
    this.#kept = this.#kept.length === 0 ? value : Buffer.concat([this.#kept, value]);
    return true;
  }
}
