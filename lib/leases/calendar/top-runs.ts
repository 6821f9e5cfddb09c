interface Weighted {
  end: number;
  units: number;
}

/**
 * Of the free runs that have begun, those that last longest and together hold `need` units: enough to tell whether a need is met now, and how
 * long it stays so. A binary heap with the run that ends first at its top.
 *
 * What is dropped is never missed later: it ends before all that is kept, so when one of these has run out, it has, too.
 */
export class TopRuns {
  readonly #need: number;
  readonly #heap: Weighted[] = [];
  #units = 0;

  constructor(need: number) {
    this.#need = need;
  }

  add(run: Weighted): void {
    this.#heap.push(run);
    this.#units += run.units;
    this.#up(this.#heap.length - 1);
    while (this.#heap.length > 0 && this.#units - (this.#heap[0]?.units ?? 0) >= this.#need) this.#pop();
  }

  /** Takes out what ends before a moment. */
  dropUntil(end: number): void {
    for (let first = this.#heap[0]; first && first.end < end; first = this.#heap[0]) this.#pop();
  }

  /** Until when the need is met by what is there; undefined where it is not met. */
  get until(): number | undefined {
    return this.#units >= this.#need ? this.#heap[0]?.end : undefined;
  }

  #pop(): void {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (!first || !last) return;
    this.#units -= first.units;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #up(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      if (this.#end(parent) <= this.#end(index)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #down(from: number): void {
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const least = this.#end(left + 1) < this.#end(left) ? left + 1 : left;
      if (this.#end(least) >= this.#end(index)) return;
      this.#swap(index, least);
      index = least;
    }
  }

  // past the heap's end nothing ends
  #end(index: number): number {
    return this.#heap[index]?.end ?? Number.POSITIVE_INFINITY;
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (!a || !b) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
