import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

/** What was written: its name, and what can be said of its bytes. Digests are in hexadecimal. */
export interface Written {
  file: string;
  size: number;
  md5: string;
  sha256: string;
  /** base64, as S3's headers have it */
  crc32: string;
}

/** The bytes of a cluster's objects, a file each, in one folder. */
export class Files {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes what comes to a new file. What can't be written whole leaves nothing. */
  async write(source: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<Written> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = randomUUID();
    const path = join(this.#folder, file);
    const [md5, sha256] = [createHash('md5'), createHash('sha256')];
    let size = 0;
    let crc = 0;
    async function* watched() {
      for await (const part of source) {
        md5.update(part);
        sha256.update(part);
        crc = crc32(part, crc);
        size += part.length;
        yield part;
      }
    }
    try {
      await pipeline(watched, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc);
    return { file, size, md5: md5.digest('hex'), sha256: sha256.digest('hex'), crc32: sum.toString('base64') };
  }

  /** The same for bytes that are there already. */
  writeNow(bytes: Buffer): { file: string; size: number; md5: string } {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = randomUUID();
    writeFileSync(join(this.#folder, file), bytes, { mode: 0o600 });
    return { file, size: bytes.length, md5: createHash('md5').update(bytes).digest('hex') };
  }

  /** Reads a part of a file; both ends are included. */
  read(file: string, range?: { start: number; end: number }): Readable {
    const path = join(this.#folder, file);
    return existsSync(path) ? createReadStream(path, range) : Readable.from([]);
  }

  readNow(file: string): Buffer {
    const path = join(this.#folder, file);
    return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  }

  remove(file: string): void {
    rmSync(join(this.#folder, file), { force: true });
  }

  /** Takes the whole folder away. */
  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
