import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fillMirror, mirrorPath } from './mirror';
import type { Download } from './types';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mirror-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (url: string, text: string): Download => ({ url, version: '1', sha256: sha(text), sizeBytes: text.length, kind: 'file' });

it('keeps files under host and path, with their checksums, and refuses others', async () => {
  const downloads = [file('https://example.org/a/tool.tgz', 'tool'), file('https://example.org/bad.tgz', 'good')];
  const asked: string[] = [];
  const fetchFile = async (url: string) => {
    asked.push(url);
    return new Response(url.endsWith('tool.tgz') ? 'tool' : 'swapped');
  };
  const failed = await fillMirror(downloads, folder, fetchFile, () => {});
  expect(failed).toEqual([{ url: 'https://example.org/bad.tgz', reason: expect.stringContaining(`not ${sha('good')} as declared`) }]);
  expect(readFileSync(join(folder, 'example.org/a/tool.tgz'), 'utf8')).toBe('tool');
  expect(existsSync(join(folder, 'example.org/bad.tgz'))).toBe(false);
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(`${sha('tool')}  example.org/a/tool.tgz\n`);
  await fillMirror(downloads.slice(0, 1), folder, fetchFile, () => {});
  expect(asked.filter((url) => url.endsWith('tool.tgz'))).toHaveLength(1);
});

it('says what the server answered', async () => {
  const failed = await fillMirror(
    [file('https://example.org/a', 'a')],
    folder,
    async () => new Response('no', { status: 404 }),
    () => {},
  );
  expect(failed).toEqual([{ url: 'https://example.org/a', reason: 'The server answered 404.' }]);
});

it('leaves out what no path can hold', () => {
  expect(mirrorPath('https://example.org:8443/a/%2e%2e/b?x=1')).toBe('example.org/b');
});

it('fetches files alone, each once, again where it is another, and says of each what became of it', async () => {
  const [tool, image] = [
    file('https://example.org/tool', 'tool'),
    { ...file('https://example.org/image', 'image'), kind: 'image' as const },
  ];
  const said: string[] = [];
  const fill = (downloads: Download[], text: string) =>
    fillMirror(
      downloads,
      folder,
      async () => new Response(text),
      (line) => said.push(line),
    );
  await fill([tool, tool, image], 'tool');
  await fill([tool], 'never asked for');
  await fill([file(tool.url, 'newer')], 'newer');
  await fill([tool, file('https://example.org/other', 'other')], 'other');
  expect(said).toEqual([
    'fetched example.org/tool',
    'have    example.org/tool',
    'fetched example.org/tool',
    expect.stringMatching(/^FAILED {2}https:\/\/example\.org\/tool: /),
    'fetched example.org/other',
  ]);
  expect(existsSync(join(folder, 'example.org/image'))).toBe(false);
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(`${sha('other')}  example.org/other\n`);
});

it('lists what it holds by checksum, whichever came first, and nothing that failed', async () => {
  const [one, two, bad] = ['one', 'two', 'bad'].map((name) => file(`https://example.org/${name}`, name));
  if (!one || !two || !bad) throw new Error('three files');
  const sums = async (downloads: Download[]) => {
    const fetchFile = async (url: string) => new Response(url.endsWith('bad') ? 'swapped' : url.slice(-3));
    await fillMirror(downloads, folder, fetchFile, () => {});
    return readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
  };
  const both = [one, two].map(({ sha256, url }) => `${sha256}  ${mirrorPath(url)}\n`).toSorted();
  expect(await sums([one, two])).toBe(both.join(''));
  expect(await sums([two, one])).toBe(both.join(''));
  expect(await sums([bad, one, { ...bad, url: `${bad.url}/bad` }, two])).toBe(both.join(''));
});
