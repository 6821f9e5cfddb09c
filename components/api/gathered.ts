/** Milliseconds in which what changed is shown together: more often nobody sees. */
const togetherMs = 30;

/**
 * Calls `show` after a change: at once for the first, then once for all that come close together.
 * @returns what tells of a change, and what ends it
 */
export function gathered(show: () => void): { changed(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const changed = () => {
    timer ??= setTimeout(
      () => {
        end();
        shownAt = performance.now();
        show();
      },
      Math.max(0, shownAt + togetherMs - performance.now()),
    );
  };
  return { changed, end };
}
