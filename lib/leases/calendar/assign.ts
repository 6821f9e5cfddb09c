/** So many out of these, the best first. */
interface Wish {
  min: number;
  max: number;
  /** ids */
  from: readonly string[];
}

/**
 * Gives each wish resources of its own: at least `min`, and up to `max` of what is left. The best are taken where there is a choice, and none
 * is taken where another wish needs it.
 *
 * Resources are offered in their order; one is taken if all that were taken before can keep a place, in some wish (a transversal matroid, in which
 * the greedy choice is the best one).
 * @param order all ids, the best first
 * @returns ids for each wish; null where not all can have their `min`
 */
export function assign(wishes: readonly Wish[], order: readonly string[]): string[][] | null {
  const given = wishes.map((): string[] => []);
  const wanted = wishes.map(({ from }) => new Set(from));
  let missing = wishes.reduce((sum, { min }) => sum + min, 0);
  for (const id of order) {
    if (missing === 0) break;
    if (place(id, wishes, wanted, given, new Set())) missing -= 1;
  }
  if (missing > 0) return null;
  const taken = new Set(given.flat());
  for (const [index, { max }] of wishes.entries()) {
    for (const id of order) {
      if ((given[index]?.length ?? 0) >= max) break;
      if (taken.has(id) || !wanted[index]?.has(id)) continue;
      given[index]?.push(id);
      taken.add(id);
    }
  }
  return given;
}

// Puts a resource to a wish that lacks one; where none does, another resource moves on for it.
function place(id: string, wishes: readonly Wish[], wanted: readonly Set<string>[], given: string[][], seen: Set<number>): boolean {
  const open = wishes.flatMap(({ min }, index) =>
    wanted[index]?.has(id) && !seen.has(index) ? [{ min, index, mine: given[index] ?? [] }] : [],
  );
  const lacking = open.find(({ min, mine }) => mine.length < min);
  lacking?.mine.push(id);
  if (lacking) return true;
  for (const { index, mine } of open) {
    if (seen.has(index)) continue;
    seen.add(index);
    for (const [slot, other] of mine.entries()) {
      if (!place(other, wishes, wanted, given, seen)) continue;
      mine[slot] = id;
      return true;
    }
  }
  return false;
}
