'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { write } from './client';

interface Write {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
}

/** A write to the API, after which what stands under `keys` is read again. */
export function useWrite<Answer = unknown>(keys: string[], onDone?: (answer: Answer) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Write) => write<Answer>(method, path, { body }),
    onSuccess: (answer) => onDone?.(answer),
    onSettled: () => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
