import { useEffect, useState } from 'react';
import type { RecipeDetail } from '@/lib/catalog/types';
import type { Matches } from '@/lib/inputs/types';

// until RE2 is here, the server alone looks at patterns
const notYet: Matches = () => true;
let loading: Promise<Matches> | undefined;

/** How the form matches its recipe's patterns: with RE2, which a page loads only for a form that needs it, after everything else. */
export function usePatterns({ inputs }: Pick<RecipeDetail, 'inputs'>): Matches {
  const [matches, setMatches] = useState(() => notYet);
  const isNeeded = inputs.some(({ constraints, entry }) => [...constraints, ...(entry?.constraints ?? [])].some(({ pattern }) => pattern));
  useEffect(() => {
    if (!isNeeded) return;
    let isShown = true;
    loading ??= import('@/lib/inputs/pattern').then((loaded) => loaded.matches);
    loading.then(
      (loaded) => isShown && setMatches(() => loaded),
      () => {
        loading = undefined; // the server still checks; the next form tries again
      },
    );
    return () => {
      isShown = false;
    };
  }, [isNeeded]);
  return matches;
}
