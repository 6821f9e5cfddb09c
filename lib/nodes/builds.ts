import type { Download } from '@/lib/catalog/types';

/**
 * Checksums of what a site has built itself, by the name under which recipes know it: the address of a file, or an image's reference without
 * its digest. The operator of Transat vouches for them in the configuration; what a mirror says of itself never counts.
 */
export type Builds = Readonly<Record<string, string>>;

/** A download with the checksum that it must have at this site. */
export function atSite(download: Download, builds: Builds): Download {
  const sha256 = builds[nameOf(download)];
  return sha256 === undefined ? download : { ...download, url: reference(download, sha256), sha256 };
}

/** A text in which the images of these downloads are named, with the digests that they have at this site. */
export function imagesAtSite(text: string, downloads: readonly Download[], builds: Builds): string {
  return downloads
    .filter((download) => download.kind === 'image' && builds[nameOf(download)] !== undefined)
    .reduce((so, download) => so.replaceAll(named(download.url), atSite(download, builds).url), text);
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
