'use client';

import { UploadCloud } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { ToneIcon } from '@/components/ui/tone';
import { LARGE_FILE } from './large-upload';
import { type Upload, useUploads } from './use-uploads';

/** A place where files are dropped, or chosen, to be put into a folder of a bucket; each with how far it is. */
export function DropFiles({ cluster, bucket, folder, note }: { cluster: string; bucket: string; folder: string; note?: string }) {
  const { t } = useLanguage();
  const { uploads, add, again } = useUploads(cluster, bucket, folder);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  return (
    <Card className="p-4 sm:p-5">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          'flex cursor-pointer flex-col items-center gap-2 rounded-lg border-2 border-dashed px-4 py-8 text-center transition-colors focus-within:border-accent hover:bg-hover',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        <UploadCloud aria-hidden className="size-6 text-accent" />
        <span className="text-sm font-medium text-ink">{t('files.drop')}</span>
        <span className="font-mono text-xs text-ink-2 [overflow-wrap:anywhere]">{`${bucket}/${folder}`}</span>
        {note && <span className="text-xs text-ink-3">{note}</span>}
        <input
          type="file"
          multiple
          className="sr-only"
          onChange={({ target }) => {
            if (target.files) add(target.files);
            target.value = '';
          }}
        />
      </label>
      {uploads.length > 0 && (
        <ul className="mt-4 space-y-3" aria-label={t('files.uploads')}>
          {uploads.map((each) => (
            <OneUpload key={each.id} upload={each} onAgain={() => again(each.id)} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const tones = { waiting: 'waiting', sending: 'busy', done: 'ok', failed: 'bad' } as const;

function OneUpload({ upload, onAgain }: { upload: Upload; onAgain: () => void }) {
  const { t, format } = useLanguage();
  const share = upload.total > 0 ? upload.sent / upload.total : upload.state === 'done' ? 1 : 0;
  return (
    <li className="text-xs">
      <p className="mb-1 flex items-center gap-1.5">
        <ToneIcon tone={tones[upload.state]} className="size-3.5" />
        <span className="min-w-0 flex-1 truncate text-ink">{upload.name}</span>
        <span className="shrink-0 text-ink-3 tabular-nums">
          {upload.state === 'done' ? t('files.arrived') : `${Math.round(share * 100)} %`} · {format.bytes(upload.total)}
        </span>
      </p>
      {upload.state !== 'failed' && (
        <div
          role="progressbar"
          aria-label={upload.name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          className="h-1.5 overflow-hidden rounded-full bg-hover"
        >
          <span
            className={cn('block h-full rounded-full', upload.state === 'done' ? 'bg-ok' : 'bg-accent')}
            style={{ width: `${(share * 100).toFixed(1)}%` }}
          />
        </div>
      )}
      {upload.state === 'sending' && (upload.interrupted || upload.goesOn) && (
        <p role="status" className="mt-1 text-ink-2">
          {t(upload.interrupted ? 'files.interrupted' : 'files.goesOn')}
        </p>
      )}
      <Refused error={upload.error} />
      {upload.state === 'failed' && (
        <Button className="mt-2" onClick={onAgain}>
          {t(upload.sent > 0 && upload.total >= LARGE_FILE ? 'files.goOn' : 'files.again')}
          <span className="sr-only">: {upload.name}</span>
        </Button>
      )}
    </li>
  );
}
