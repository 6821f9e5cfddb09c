/**
 * Gathers what is to be written while an earlier write is under way, and writes it together: many callers at once cost one statement
 * each round trip, not one each. Every caller waits until its own is written. When a write of several fails, each is written alone, so
 * that a failure reaches only those whose own it is.
 * @param write writes all of them, or none
 * @param most of them in one write; large things hold up all else while they are written
 */
export function batched<T>(write: (items: T[]) => Promise<unknown>, { most = 1000 }: { most?: number } = {}): (item: T) => Promise<void> {
  let waiting: { items: T[]; written: Promise<PromiseSettledResult<unknown>[]> } | undefined;
  let running: Promise<unknown> = Promise.resolve();

  const begin = () => {
    const items: T[] = [];
    const written = running.then(async () => {
      if (waiting?.items === items) waiting = undefined;
      return await writeAll(write, items);
    });
    running = written;
    waiting = { items, written };
    return waiting;
  };

  return async (item) => {
    const { items, written } = waiting ?? begin();
    const index = items.push(item) - 1;
    if (items.length >= most && waiting?.items === items) waiting = undefined;
    const outcome = (await written)[index];
    if (outcome?.status === 'rejected') throw outcome.reason;
  };
}

// Never rejects: how each went.
async function writeAll<T>(write: (items: T[]) => Promise<unknown>, items: T[]): Promise<PromiseSettledResult<unknown>[]> {
  try {
    const value = await write(items);
    return items.map(() => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (items.length === 1) return [{ status: 'rejected', reason }];
    const alone: PromiseSettledResult<unknown>[] = [];
    for (const item of items) alone.push(...(await writeAll(write, [item])));
    return alone;
  }
}
