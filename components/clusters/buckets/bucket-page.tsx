'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Download, File, Folder, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { apiPath } from '@/components/api/client';
import { useLanguage, useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { BackLink } from '@/components/ui/back-link';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Ago } from '@/components/ui/time';
import type { FilesView } from '@/lib/api/contract/buckets';
import { clusterPath, clusterQueries } from '../queries';
import { workQueries } from '../work-queries';
import { DropFiles } from './drop-files';
import { lookOf, nameIn, steps } from './place';
import { Preview } from './preview';

/** A bucket: its folders and files, which can be looked at, fetched, removed, and put there. */
export function BucketPage({ cluster, bucket }: { cluster: string; bucket: string }) {
  const t = useT();
  const url = useUrlState();
  const folder = url.get('folder');
  const view = useQuery(clusterQueries.one(cluster));
  const go = (to: string) => url.set({ folder: to, cursor: null }, { push: true });
  return (
    <Page wide>
      <BackLink href={`/clusters/${cluster}?view=buckets`}>{view.data?.name ?? t('clusters.one')}</BackLink>
      <PageTitle title={bucket} note={t('files.note')} />
      <div className="grid gap-5 lg:grid-cols-[2fr_1fr]">
        <Section id="files" title={<Crumbs bucket={bucket} folder={folder} onGo={go} />}>
          <Files key={folder} cluster={cluster} bucket={bucket} folder={folder} onGo={go} />
        </Section>
        <div>
          <DropFiles cluster={cluster} bucket={bucket} folder={folder} />
        </div>
      </div>
    </Page>
  );
}

function Crumbs({ bucket, folder, onGo }: { bucket: string; folder: string; onGo: (folder: string) => void }) {
  const t = useT();
  const crumb = 'inline-flex min-h-8 items-center rounded-md px-1 font-mono text-xs text-accent hover:bg-hover';
  return (
    <nav aria-label={t('files.way')} className="flex flex-wrap items-center">
      <button type="button" className={crumb} onClick={() => onGo('')}>
        {bucket}
      </button>
      {steps(folder).map((step) => (
        <span key={step.folder} className="inline-flex items-center">
          <ChevronRight aria-hidden className="size-3.5 text-ink-3" />
          <button type="button" className={crumb} onClick={() => onGo(step.folder)}>
            {step.name}
          </button>
        </span>
      ))}
    </nav>
  );
}

interface FilesProps {
  cluster: string;
  bucket: string;
  folder: string;
  onGo: (folder: string) => void;
}

function Files({ cluster, bucket, folder, onGo }: FilesProps) {
  const t = useT();
  const url = useUrlState();
  const [shown, show] = useState<string | null>(null);
  const query = useQuery(workQueries.files(cluster, bucket, folder, url.get('cursor')));
  return (
    <>
      <Loaded query={query} skeleton={<SkeletonLines lines={5} className="p-5" />}>
        {({ items, folders, next }) =>
          items.length + folders.length === 0 ? (
            <Empty icon={FolderOpen} title={t('files.none')}>
              {t('files.noneNote')}
            </Empty>
          ) : (
            <>
              <ul className="divide-y divide-line">
                {folders.map((each) => (
                  <li key={each} className="px-4 py-1.5 sm:px-5">
                    <button
                      type="button"
                      onClick={() => onGo(each)}
                      className="inline-flex min-h-9 w-full items-center gap-2.5 text-left text-sm font-medium text-ink hover:text-accent"
                    >
                      <Folder aria-hidden className="size-4 shrink-0 text-accent" />
                      <span className="[overflow-wrap:anywhere]">{nameIn(folder, each)}</span>
                    </button>
                  </li>
                ))}
                {items.map((file) => (
                  <FileRow key={file.key} cluster={cluster} bucket={bucket} folder={folder} file={file} onShow={() => show(file.key)} />
                ))}
              </ul>
              {(next || url.get('cursor')) && (
                <div className="flex justify-end gap-2 border-t border-line p-3">
                  {url.get('cursor') && <Button onClick={() => url.set({ cursor: null })}>{t('files.first')}</Button>}
                  {next && <Button onClick={() => url.set({ cursor: next }, { push: true })}>{t('files.next')}</Button>}
                </div>
              )}
            </>
          )
        }
      </Loaded>
      <Preview cluster={cluster} bucket={bucket} file={shown} onClose={() => show(null)} />
    </>
  );
}

interface FileRowProps {
  cluster: string;
  bucket: string;
  folder: string;
  file: FilesView['items'][number];
  onShow: () => void;
}

function FileRow({ cluster, bucket, folder, file, onShow }: FileRowProps) {
  const { t, format } = useLanguage();
  const name = nameIn(folder, file.key);
  const look = lookOf(file.key);
  return (
    <li className="px-4 py-1.5 sm:px-5">
      <div className="flex items-center gap-x-3">
        <File aria-hidden className="size-4 shrink-0 text-ink-3" />
        {look ? (
          <button
            type="button"
            onClick={onShow}
            className="min-h-9 min-w-0 flex-1 text-left text-sm text-ink [overflow-wrap:anywhere] hover:text-accent"
          >
            {name}
          </button>
        ) : (
          <span className="min-w-0 flex-1 py-2 text-sm text-ink [overflow-wrap:anywhere]">{name}</span>
        )}
        <span className="hidden shrink-0 text-xs text-ink-3 tabular-nums sm:inline">
          {format.bytes(file.bytes)}
          {file.modifiedAt && (
            <>
              {' · '}
              <Ago iso={file.modifiedAt} />
            </>
          )}
        </span>
        <a
          href={apiPath(clusterPath(cluster, 'buckets', bucket, 'file'), { key: file.key })}
          download
          className={buttonClass('ghost', 'px-2')}
        >
          <Download aria-hidden />
          <span className="sr-only">{t('files.downloadOne', { name })}</span>
        </a>
        <ConfirmDelete
          name={name}
          path={`${clusterPath(cluster, 'buckets', bucket, 'objects')}?${new URLSearchParams({ key: file.key })}`}
          keys={['clusters']}
        >
          {t('files.deleteNote')}
        </ConfirmDelete>
      </div>
    </li>
  );
}
