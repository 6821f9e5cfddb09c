'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { upload } from '@/components/api/client';
import { clusterPath } from '@/components/clusters/queries';
import { useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import type { DemoView } from '@/lib/api/contract/demo';
import { drawReef, pictureName, pictureOf, pictureSize } from './picture';

/** The picture of the tour, which is dropped into Europe; or one of one's own. */
export function DropPicture({ stands: { origin, service } }: { stands: NonNullable<DemoView['stands']> }) {
  const t = useT();
  const client = useQueryClient();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    if (canvas.current) drawReef(canvas.current);
  }, []);
  const put = async (name: string, file: Blob | null) => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      await upload(clusterPath(origin.id, 'buckets', service, 'objects'), { key: `in/${name}` }, file, () => {});
      await client.invalidateQueries({ queryKey: ['testbed'] });
    } catch (fault) {
      setError(fault instanceof Error ? fault : new Error(String(fault)));
      setBusy(false);
    }
  };
  const send = async () => {
    if (canvas.current) await put(pictureName, await pictureOf(canvas.current));
  };
  return (
    <fieldset
      className="space-y-3"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file) void put(file.name, file);
      }}
    >
      <legend className="sr-only">{t('demo.step.drop')}</legend>
      <canvas
        ref={canvas}
        {...pictureSize}
        role="img"
        aria-label={t('demo.picture')}
        className="w-full max-w-sm rounded-lg border border-line"
      />
      <Refused error={error} />
      <Button look="primary" busy={busy} onClick={() => void send()}>
        <Upload aria-hidden />
        {t('demo.drop', { cluster: origin.name })}
      </Button>
      <label className="block text-xs text-ink-2">
        {t('demo.ownPicture')}
        <input
          type="file"
          accept="image/png"
          disabled={busy}
          className="mt-1 block w-full min-w-0 text-xs text-ink-2"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void put(file.name, file);
          }}
        />
      </label>
    </fieldset>
  );
}
