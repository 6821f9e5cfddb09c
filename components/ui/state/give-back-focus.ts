const reachable = 'button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary';

/**
 * Remembers where the focus is, to give it back later: where that is gone by then (a line of a menu, a row of a list), to what stands nearest to it, at
 * last to the heading of the page. Where the focus went elsewhere meanwhile, it stays there.
 */
export function rememberFocus(): () => void {
  const before = document.activeElement;
  const around: Element[] = [];
  for (let each = before?.parentElement ?? null; each; each = each.parentElement) around.push(each);
  return () => {
    const now = document.activeElement;
    if (now !== null && now !== document.body && now.isConnected) return;
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) return before.focus();
    const place = around.find((each) => each.isConnected && each !== document.body && each !== document.documentElement);
    const near = place?.matches('main') ? null : place?.querySelector<HTMLElement>(reachable);
    if (near) return near.focus();
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  };
}
