'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem, upload as sendFile, write } from '@/components/api/client';
import type { LargeUploadView } from '@/lib/api/contract/buckets';
import { clusterPath } from '../queries';
import { LARGE_FILE, sendLarge, type Ways } from './large-upload';
import { recall, remember } from './remembered-uploads';

/** A file on its way into a bucket. */
export interface Upload {
  id: number;
  name: string;
  total: number;
  sent: number;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  /** it waits for a connection, and is tried again by itself */
  interrupted: boolean;
  /** some of it had arrived before */
  goesOn: boolean;
  error: Error | null;
}

/** Puts files into a folder, one after the other, and tells how far each is. What failed can be tried again; a large file goes on where it was. */
export function useUploads(cluster: string, bucket: string, folder: string) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const files = useRef(new Map<number, { file: File; key: string }>());
  const change = (id: number, what: Partial<Upload>) => setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one)));
  const send = async (id: number) => {
    const what = files.current.get(id);
    if (!what) return;
    const { file, key } = what;
    change(id, { state: 'sending', error: null });
    try {
      if (file.size < LARGE_FILE)
        await sendFile(clusterPath(cluster, 'buckets', bucket, 'objects'), { key }, file, (sent) => change(id, { sent }));
      else await sendLarge(file, waysTo(cluster, bucket, key, file), (progress) => change(id, progress), mayPass);
      change(id, { state: 'done', sent: file.size, interrupted: false });
      files.current.delete(id);
    } catch (error) {
      change(id, { state: 'failed', interrupted: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
    await Promise.all(['files', 'jobs'].map((part) => client.invalidateQueries({ queryKey: ['clusters', cluster, part] })));
  };
  const queue = (id: number) => {
    change(id, { state: 'waiting', error: null });
    line.current = line.current.then(() => send(id));
  };
  const count = useRef(0);
  const add = (chosen: Iterable<File>) => {
    for (const file of chosen) {
      count.current += 1;
      const id = count.current;
      files.current.set(id, { file, key: folder + file.name });
      const fresh = { state: 'waiting', interrupted: false, goesOn: false, error: null } as const;
      setUploads((all) => [{ id, name: file.name, total: file.size, sent: 0, ...fresh }, ...all].slice(0, 50));
      queue(id);
    }
  };
  return { uploads, add, again: queue };
}

/** Whether an error may pass by itself: there was no answer, or the storage was not to be had. */
const mayPass = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.problem.status === 0 || error.problem.status >= 500 || error.problem.status === 429);

function waysTo(cluster: string, bucket: string, key: string, file: File): Ways {
  const path = (...rest: string[]) => clusterPath(cluster, 'buckets', bucket, 'uploads', ...rest);
  const place = `${cluster}/${bucket}/${key}:${file.size}:${file.lastModified}`;
  return {
    begin: (upload) =>
      write<LargeUploadView>('POST', `${path()}?${new URLSearchParams({ key })}`, {
        body: { bytes: file.size, ...(file.type === '' ? {} : { type: file.type }), ...(upload === null ? {} : { upload }) },
      }),
    part: async (upload, part, bytes, onSent) => {
      await sendFile(path('parts'), { key, upload, part, bytes: file.size }, bytes, onSent);
    },
    end: async (upload) => {
      await write('POST', `${path('end')}?${new URLSearchParams({ key, upload })}`, { body: { bytes: file.size } });
    },
    remembered: () => recall(place),
    remember: (upload) => remember(place, upload),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
