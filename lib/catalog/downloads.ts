import { z } from 'zod';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import { type Diagnostic, readYaml } from '@/lib/tosca/located';
import type { RecipeDownload } from './recipe';

const imageReference = /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+(?::[\w.-]+)?@sha256:[a-f0-9]{64}$/;
const entrySchema = z
  .strictObject({
    url: z.string().max(2000),
    version: z.coerce.string().min(1).max(100),
    sha256: z.string().regex(/^[a-f0-9]{64}$/, 'Use 64 lower-case hexadecimal digits.'),
    sizeBytes: z.number().int().nonnegative(),
    kind: z.enum(['file', 'image']),
    for: z.array(z.string()).default([]),
  })
  .refine(({ kind, url }) => (kind === 'image' ? imageReference.test(url) : isWebFile(url)), {
    path: ['url'],
    message: 'Use https://host/path for a file, registry/name:tag@sha256:digest for an image.',
  });

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
export function fileName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
}

function isWebFile(url: string): boolean {
  try {
    return new URL(url).protocol === 'https:' && /^[\w.+~-]+$/.test(fileName(url));
  } catch {
    return false; // not an address at all
  }
}
