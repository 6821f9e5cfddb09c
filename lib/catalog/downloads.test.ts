import { describe, expect, it } from 'vitest';
import { readDownloads } from './downloads';

describe('downloads.yaml', () => {
  const sha = 'a'.repeat(64);
  it.each([
    ['- {url: "https://example.org/a-1.tgz", version: 1, sha256: X, sizeBytes: 1, kind: file}', null],
    ['- {url: "http://example.org/a-1.tgz", version: 1, sha256: X, sizeBytes: 1, kind: file}', /https:\/\/host\/path/],
    ['- {url: "https://example.org/$(id)", version: 1, sha256: X, sizeBytes: 1, kind: file}', /https:\/\/host\/path/],
    ['- {url: "https://example.org/a.tgz", version: 1, sha256: latest, sizeBytes: 1, kind: file}', /hexadecimal/],
    ['- {url: "example.org/a:1.2.3", version: 1, sha256: X, sizeBytes: 1, kind: image}', /say why there is no digest/],
    ['- {url: "example.org/a:latest", version: 1, sizeBytes: 1, kind: image, unpinned: because}', /exact version/],
    ['- {url: "example.org/a:1.2.3", version: 1, sizeBytes: 1, kind: image, unpinned: because}', null],
  ])('%s', (text, expected) => {
    const read = readDownloads(text.replace('X', sha), 'downloads.yaml');
    expect(read.diagnostics.map(({ message }) => message)).toEqual(expected ? [expect.stringMatching(expected)] : []);
  });
});
