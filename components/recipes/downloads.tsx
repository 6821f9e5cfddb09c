'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { Download } from '@/lib/catalog/types';

/** All that the nodes fetch beyond their distribution's packages, with version and checksum. */
export function Downloads({ downloads }: { downloads: Download[] }) {
  const { t, format } = useLanguage();
  const unpinned = downloads.filter((download) => download.unpinned).length;
  const total = downloads.reduce((sum, download) => sum + download.sizeBytes, 0);
  return (
    <Section
      id="downloads"
      title={t('recipe.downloads')}
      note={
        downloads.length === 0
          ? t('recipe.noDownloads')
          : [
              t('recipe.downloadsNote', { count: downloads.length, size: format.bytes(total) }),
              unpinned > 0 && t('recipe.unpinnedNote', { count: unpinned }),
            ]
              .filter(Boolean)
              .join('; ')
      }
    >
      {downloads.length > 0 && (
        <ul className="max-h-80 divide-y divide-line overflow-y-auto">
          {downloads.map((download) => (
            <li key={download.url} className="px-5 py-2.5 text-xs">
              <p className="flex justify-between gap-3 text-ink">
                <span className="min-w-0 truncate font-mono" title={download.url}>
                  {download.url.split('/').at(-1)}
                </span>
                <span className="shrink-0 text-ink-2">{format.bytes(download.sizeBytes)}</span>
              </p>
              <p className="truncate text-ink-3">
                {download.version} ·{' '}
                {download.unpinned ? (
                  <span className="text-warn">{t('recipe.unpinned')}</span>
                ) : (
                  <span className="font-mono">sha256 {download.sha256.slice(0, 12)}…</span>
                )}
              </p>
              {download.unpinned && <p className="text-ink-3">{download.unpinned}</p>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
