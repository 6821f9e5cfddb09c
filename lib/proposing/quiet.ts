/**
 * Waits until no more news is to be expected soon: all have told, or, after the first that `counts`, nothing came for a tenth of the time
 * since the start (and at least `leastMs`). So one who hangs keeps nobody waiting who has what the others said.
 * @param news never rejects
 * @param counts whether a piece of news is worth being shown alone
 */
export function untilQuiet<T>(news: readonly Promise<T>[], counts: (piece: T) => boolean, leastMs: number): Promise<void> {
  const began = performance.now();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let begun = false;
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    for (const piece of news) {
      void piece.then((told) => {
        begun ||= counts(told);
        if (!begun) return;
        clearTimeout(timer);
        timer = setTimeout(done, Math.max(leastMs, (performance.now() - began) / 10)).unref();
      });
    }
    void Promise.all(news).then(done);
  });
}
