import { describe, expect, it } from 'vitest';
import type { Download } from '@/lib/catalog/types';
import { buildBundle } from './agent-config';
import { aContext, aNode, aStep } from './fixtures';

const [theirs, ours] = ['a'.repeat(64), 'b'.repeat(64)];
const file: Download = { url: 'https://dl.example.org/v1/tool', sha256: theirs, sizeBytes: 1, version: '1', kind: 'file' };
const pinned: Download = { ...file, url: `ghcr.io/a/web:1.0.0@sha256:${theirs}`, kind: 'image' };
const tagged: Download = { ...file, url: 'ghcr.io/a/job:2.0.0', sha256: '', kind: 'image', unpinned: 'No second source.' };
const images = `${pinned.url}\n${tagged.url}\nghcr.io/b/other:3\nghcr.io/a/job:2.0.0-rc1\n`;

function stepsWith(builds: Record<string, string> | undefined) {
  const first = aStep({ name: 'first', downloads: [file, pinned, tagged], env: { IMAGES: images } });
  const later = aStep({ name: 'later', downloads: [tagged], env: { IMAGE: pinned.url, NOTE: 'no image' } });
  const bundle = buildBundle(aNode({ steps: [first, later] }), aContext({ builds }));
  if (bundle === 'not-yet') throw new Error('All of it is known.');
  return bundle.reveal().steps;
}

describe('what a site has built itself', () => {
  it('must have the checksum that the operator named, in the list and wherever a step names it', () => {
    const [first, later] = stepsWith({ 'https://dl.example.org/v1/tool': ours, 'ghcr.io/a/web:1.0.0': ours, 'ghcr.io/a/job:2.0.0': ours });
    expect(first?.downloads.map(({ url, sha256 }) => [url, sha256])).toEqual([
      [file.url, ours],
      [`ghcr.io/a/web:1.0.0@sha256:${ours}`, ours],
      [`ghcr.io/a/job:2.0.0@sha256:${ours}`, ours],
    ]);
    expect(first?.env.IMAGES).toBe(
      `ghcr.io/a/web:1.0.0@sha256:${ours}\nghcr.io/a/job:2.0.0@sha256:${ours}\nghcr.io/b/other:3\nghcr.io/a/job:2.0.0-rc1\n`,
    );
    expect(later?.env).toMatchObject({ IMAGE: `ghcr.io/a/web:1.0.0@sha256:${ours}`, NOTE: 'no image' });
  });

  it.each([
    ['nothing is named', undefined],
    ['others are named', { 'https://dl.example.org/v1/other': ours, 'ghcr.io/a/web:2.0.0': ours, 'ghcr.io/a/web': ours }],
  ])('leaves the recipe’s own checksums where %s', (_what, builds) => {
    const [first, later] = stepsWith(builds);
    expect(first?.downloads.map(({ url }) => url)).toEqual([file.url, pinned.url, tagged.url]);
    expect(first?.downloads[0]?.sha256).toBe(theirs);
    expect(first?.env.IMAGES).toBe(images);
    expect(later?.env.IMAGE).toBe(pinned.url);
  });
});
