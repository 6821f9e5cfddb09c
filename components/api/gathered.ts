/** Milliseconds in which what changed is shown together: more often nobody sees. */
const togetherMs = 30;

/** Calls `show` soon after a change, once for all that come close together. @returns what tells of a change, and what ends it */
export function gathered(show: () => void): { changed(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const changed = () => {
    timer ??= setTimeout(() => {
      end();
      show();
    }, togetherMs);
  };
  return { changed, end };
}
