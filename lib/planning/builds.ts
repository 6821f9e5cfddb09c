import type { Download } from '@/lib/catalog/types';
import type { Site } from '@/lib/sites/types';
import type { Value } from './types';

type Builds = NonNullable<Site['builds']>;

/**
 * A download with the checksum that it must have at a site. What a site has built itself has another than the recipe says: the operator of Transat
 * vouches for it in the configuration. What a mirror says of itself never counts.
 */
export function atSite<T extends Download>(download: T, builds: Builds): T {
  const sha256 = builds[nameOf(download)];
  if (sha256 === undefined) return download;
  const known = { ...download, url: reference(download, sha256), sha256 };
  delete known.unpinned;
  return known;
}

/** A value in which the images of these downloads are named, with the digests that they have at a site. */
export function imagesAtSite(value: Value, downloads: readonly Download[], builds: Builds): Value {
  const own = downloads.filter((download) => download.kind === 'image' && builds[nameOf(download)] !== undefined);
  if (own.length === 0) return value;
  if (typeof value === 'string') return own.reduce((text, image) => text.replaceAll(named(image.url), atSite(image, builds).url), value);
  if ('concat' in value) return { concat: value.concat.map((part) => imagesAtSite(part, own, builds)) };
  if ('join' in value) return { ...value, join: value.join.map((part) => imagesAtSite(part, own, builds)) };
  return value;
}

// Not as a part of another image's name, and not where a digest stands behind it already.
function named(url: string): RegExp {
  return new RegExp(`(?<![\\w./:-])${url.replace(/[.+]/g, String.raw`\$&`)}(?![\\w.@-])`, 'g');
}

function nameOf({ url, kind }: Download): string {
  return kind === 'image' ? url.replace(/@.*$/, '') : url;
}

function reference(download: Download, sha256: string): string {
  return download.kind === 'image' ? `${nameOf(download)}@sha256:${sha256}` : download.url;
}
