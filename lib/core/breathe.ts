/**
 * What is done by promises alone, each of which is met at once, never lets anybody else in: neither a request nor a timer, however many steps it has.
 * @param mostMs for how long work may go on so, in milliseconds
 * @returns to be awaited between two steps: nothing while there is time, else what is met once all that waited has been let in
 */
export function breather(mostMs: number): () => Promise<void> | undefined {
  let began: number | undefined;
  return () => {
    if (began === undefined) {
      began = performance.now();
      setImmediate(() => {
        began = undefined;
      });
      return undefined;
    }
    return performance.now() - began < mostMs ? undefined : new Promise((resolve) => setImmediate(resolve));
  };
}
