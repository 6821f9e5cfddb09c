'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { upload as sendFile } from '@/components/api/client';
import { clusterPath } from '../queries';

/** A file on its way into a bucket. */
export interface Upload {
  id: number;
  name: string;
  total: number;
  sent: number;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  error: Error | null;
}

/** Puts files into a folder, one after the other, and tells how far each is. */
export function useUploads(cluster: string, bucket: string, folder: string) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const count = useRef(0);
  const change = (id: number, what: Partial<Upload>) => setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one)));
  const send = async (id: number, file: File) => {
    change(id, { state: 'sending' });
    try {
      await sendFile(clusterPath(cluster, 'buckets', bucket, 'objects'), { key: folder + file.name }, file, (sent) => change(id, { sent }));
      change(id, { state: 'done', sent: file.size });
    } catch (error) {
      change(id, { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
    await Promise.all(['files', 'jobs'].map((part) => client.invalidateQueries({ queryKey: ['clusters', cluster, part] })));
  };
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      count.current += 1;
      const id = count.current;
      const upload: Upload = { id, name: file.name, total: file.size, sent: 0, state: 'waiting', error: null };
      setUploads((all) => [upload, ...all].slice(0, 50));
      line.current = line.current.then(() => send(id, file));
    }
  };
  return { uploads, add };
}
