import { z } from 'zod';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic } from '@/lib/tosca/located';
import { readYaml } from '@/lib/tosca/read-yaml';
import type { RecipeDownload } from './recipe';

const digest = /^[a-f0-9]{64}$/;
const pinnedImage = /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+(?::[\w.-]+)?@sha256:[a-f0-9]{64}$/;
const versionedImage = /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+:v?\d+\.\d+\.\d+[\w.-]*$/;

const entrySchema = z
  .strictObject({
    url: z.string().max(2000),
    version: z.coerce.string().min(1).max(100),
    sha256: z.string().default(''),
    sizeBytes: z.number().int().nonnegative(),
    kind: z.enum(['file', 'image']),
    for: z.array(z.string()).default([]),
    unpinned: z.string().min(1).optional(),
  })
  .check(({ value, issues }) => {
    const wrong = problemOf(value);
    if (wrong) issues.push({ code: 'custom', input: value, ...wrong });
  });

function problemOf({ url, sha256, kind, unpinned }: { url: string; sha256: string; kind: string; unpinned?: string }) {
  if (kind === 'file' && !isWebFile(url)) return { path: ['url'], message: 'Use https://host/path for a file.' };
  if (kind === 'file' && unpinned !== undefined) return { path: ['unpinned'], message: 'A file always has its checksum.' };
  if (kind === 'image' && unpinned === undefined && !pinnedImage.test(url))
    return { path: ['url'], message: 'Use registry/name:tag@sha256:digest for an image, or say why there is no digest (`unpinned`).' };
  if (kind === 'image' && unpinned !== undefined && !versionedImage.test(url))
    return { path: ['url'], message: 'An image without a digest needs the exact version as its tag.' };
  if (unpinned === undefined && !digest.test(sha256)) return { path: ['sha256'], message: 'Use 64 lower-case hexadecimal digits.' };
  return null;
}

/**
 * Reads `downloads.yaml`: all that a recipe's scripts fetch beyond packages of the distribution.
 * @param text content of the file
 */
export function readDownloads(text: string, file: string): { downloads: RecipeDownload[]; diagnostics: Diagnostic[] } {
  const yaml = readYaml(text, file);
  if (!yaml.ok) return { downloads: [], diagnostics: [yaml.diagnostic] };
  const diagnostics = new Diagnostics();
  const downloads = new Cursor(yaml.root, 'downloads', diagnostics).items().flatMap((item) => {
    const result = entrySchema.safeParse(item.plain());
    if (result.success) return [result.data];
    for (const issue of result.error.issues) (item.get(String(issue.path[0])) ?? item).fail(issue.message);
    return [];
  });
  return { downloads, diagnostics: diagnostics.list };
}

/** The name under which a step finds a file in $TRANSAT_FILES: the last part of its path. */
function fileName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
}

function isWebFile(url: string): boolean {
  try {
    return new URL(url).protocol === 'https:' && /^[\w.+~-]+$/.test(fileName(url));
  } catch {
    return false; // not an address at all
  }
}
