/** Has what is asked for at the same time under the same name done once, for all who ask. What comes after its end is done anew. */
export function inCommon<T>(): (name: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (name, work) => {
    const found = running.get(name);
    if (found) return found;
    const begun = work().finally(() => running.delete(name));
    running.set(name, begun);
    return begun;
  };
}
