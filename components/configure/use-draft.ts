'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormInput } from '@/lib/catalog/types';
import { type Draft, draftKey, emptyDraft, readDraft, storeDraft } from './draft';

export type EditDraft = (change: (draft: Draft) => Draft) => void;

/** The draft of a recipe; what it holds survives a reload, but for secrets. Null until the browser has been asked. */
export function useDraft(recipe: string, inputs: FormInput[] | undefined, addOnsOfLink: string[]) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const given = useRef(addOnsOfLink);
  useEffect(() => {
    const kept = readDraft(read(draftKey(recipe)));
    setDraft(given.current.length > 0 ? { ...kept, addOns: given.current } : kept);
  }, [recipe]);
  useEffect(() => {
    if (draft && inputs) keep(draftKey(recipe), storeDraft(draft, inputs));
  }, [draft, inputs, recipe]);
  const edit: EditDraft = useCallback((change) => setDraft((now) => change(now ?? emptyDraft)), []);
  const discard = useCallback(() => {
    keep(draftKey(recipe), null);
    setDraft(emptyDraft);
  }, [recipe]);
  return { draft, edit, discard };
}

// A tab goes on with its own draft; a new one begins with what was kept last in any. A browser may refuse to keep anything (private windows, full disk):
// the draft then lives as long as the page.
function read(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key) ?? window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, text: string | null): void {
  try {
    // what another tab kept last is not this one's to throw away
    if (text === null && window.localStorage.getItem(key) === window.sessionStorage.getItem(key)) window.localStorage.removeItem(key);
    if (text !== null) window.localStorage.setItem(key, text);
    window.sessionStorage.setItem(key, text ?? '');
  } catch {
    // kept only in memory
  }
}
