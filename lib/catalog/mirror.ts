import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Download } from './types';

/** Where a mirror keeps a file: `<host>/<path>` of its address. Ports and queries are no part of it. */
export function mirrorPath(url: string): string {
  const { hostname, pathname } = new URL(url);
  return `${hostname}${decodeURIComponent(pathname)}`;
}

/**
 * Fills a folder with files that recipes download, so that a web server can serve it to a closed site. What is already
 * there with the right checksum stays. Ends by writing `SHA256SUMS`, for whoever looks after the mirror: nodes go by the recipes.
 * @param downloads of all recipes; images are left out (a registry mirror holds those)
 * @param folder that the web server serves
 * @param fetchFile how an address is read
 * @param say what to do with a line of progress
 * @returns what could not be had, with the reason
 */
export async function fillMirror(
  downloads: readonly Download[],
  folder: string,
  fetchFile: (url: string) => Promise<Response>,
  say: (line: string) => void,
): Promise<{ url: string; reason: string }[]> {
  const files = [...new Map(downloads.filter(({ kind }) => kind === 'file').map((download) => [download.url, download])).values()];
  const failed: { url: string; reason: string }[] = [];
  for (const download of files) {
    const path = join(folder, mirrorPath(download.url));
    try {
      if (existsSync(path) && (await checksum(path)) === download.sha256) say(`have    ${mirrorPath(download.url)}`);
      else {
        await fetchOne(download, path, fetchFile);
        say(`fetched ${mirrorPath(download.url)}`);
      }
    } catch (error) {
      const reason = reasonOf(error);
      failed.push({ url: download.url, reason });
      say(`FAILED  ${download.url}: ${reason}`);
    }
  }
  const good = files.filter(({ url }) => failed.every((failure) => failure.url !== url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'SHA256SUMS'),
    good
      .map(({ url, sha256 }) => `${sha256}  ${mirrorPath(url)}\n`)
      .toSorted()
      .join(''),
  );
  return failed;
}

async function fetchOne(download: Download, path: string, fetchFile: (url: string) => Promise<Response>): Promise<void> {
  const response = await fetchFile(download.url);
  if (!response.ok || !response.body) throw new Error(`The server answered ${response.status}.`);
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.part`;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    // fetch's body is the standard's stream, of which node:stream has a type of its own
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), hashing, createWriteStream(partial));
    const found = hash.digest('hex');
    if (found !== download.sha256) throw new Error(`Its checksum is ${found}, not ${download.sha256} as declared.`);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
}

// fetch says only that it failed; why is in the cause
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? `${error.message}: ${error.cause.message}` : error.message;
}

async function checksum(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
