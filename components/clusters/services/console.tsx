'use client';

import { Download, Play, Send } from 'lucide-react';
import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { FileButton } from '@/components/ui/controls/file-button';
import { Field, TextArea } from '@/components/ui/field';
import { PlainImage } from '@/components/ui/plain-image';
import { ScrollBox } from '@/components/ui/scroll-box';
import { Notice } from '@/components/ui/tone';
import type { RanView, ServiceView } from '@/lib/api/contract/services';
import { clusterPath } from '../queries';

const MOST_BYTES = 600_000;

/** Calls a service and shows its answer, or starts a job with the same input. */
export function Console({ cluster, service }: { cluster: string; service: ServiceView }) {
  const t = useT();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const run = useWrite<RanView>([]);
  const start = useWrite(['clusters']);
  const tooLarge = (file?.size ?? text.length) > MOST_BYTES;
  const input = async () => base64Of(file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text));
  const path = clusterPath(cluster, 'services', service.name);
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Section id="console" title={t('console.title')} note={t('console.note')}>
        <div className="space-y-4 p-4 sm:p-5">
          <Field id="console-input" label={t('console.input')}>
            <TextArea
              id="console-input"
              rows={8}
              spellCheck={false}
              disabled={file !== null}
              value={file ? file.name : text}
              onChange={({ target }) => setText(target.value)}
            />
          </Field>
          <div className="flex flex-wrap gap-2">
            <FileButton label={t('console.file')} onFile={setFile} />
            {file && (
              <Button look="ghost" onClick={() => setFile(null)}>
                {t('console.noFile')}
              </Button>
            )}
          </div>
          <div className="flex flex-wrap gap-2">
            <Button
              look="primary"
              busy={run.isPending}
              blocked={tooLarge && t('console.tooLarge')}
              onClick={() => void input().then((encoded) => run.mutate({ method: 'POST', path: `${path}/run`, body: { input: encoded } }))}
            >
              <Play aria-hidden />
              {t('console.run')}
            </Button>
            {!file && (
              <Button
                busy={start.isPending}
                onClick={() => start.mutate({ method: 'POST', path: `${path}/jobs`, body: { event: text || '{}' } })}
              >
                <Send aria-hidden />
                {t('console.start')}
              </Button>
            )}
          </div>
          {start.isSuccess && <Notice tone="ok">{t('console.started')}</Notice>}
          <Refused error={run.error ?? start.error} />
        </div>
      </Section>
      <Section id="answer" title={t('console.answer')} note={run.data && t('console.took', { ms: run.data.milliseconds })}>
        <div className="p-4 sm:p-5">
          {run.data ? <Answer ran={run.data} name={service.name} /> : <p className="text-sm text-ink-2">{t('console.none')}</p>}
        </div>
      </Section>
    </div>
  );
}

function Answer({ ran, name }: { ran: RanView; name: string }) {
  const t = useT();
  const type = ran.base64 && typeOf(ran.base64);
  return (
    <div className="space-y-3">
      {type && (
        <PlainImage
          src={`data:${type};base64,${ran.base64}`}
          alt={t('console.picture')}
          className="max-h-96 max-w-full rounded-lg border border-line"
        />
      )}
      {!type && (
        <ScrollBox className="max-h-96 overflow-auto rounded-lg bg-sunken px-3 py-2">
          <pre className="font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{ran.text || t('console.noText')}</pre>
        </ScrollBox>
      )}
      {ran.base64 && (
        <a href={`data:application/octet-stream;base64,${ran.base64}`} download={`${name}-answer`} className={buttonClass()}>
          <Download aria-hidden />
          {t('files.download')}
        </a>
      )}
    </div>
  );
}

// how a picture begins, in base64
const beginnings: [string, string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
];
const typeOf = (base64: string) => beginnings.find(([start]) => base64.startsWith(start))?.[1];

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
