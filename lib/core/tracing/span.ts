/** What a span may say of itself: counts and words of the product, never a secret, an address, a query or a name that a person gave. */
export type SpanWords = Record<string, string | number | undefined>;

/** A piece of work that an operator sees in traces. */
export interface SpanAbout {
  /** few different ones: a route, a service, a queue; never an id */
  name: string;
  /** as in OpenTelemetry: asked of us, asked by us, taken from a queue, put into one; left out: none of these */
  kind?: 'server' | 'client' | 'consumer';
  words?: SpanWords;
  /** the context that another piece of work handed on, see {@link traceContext}; left out: what goes on around this one */
  from?: string;
}

/** Where spans go. */
export interface Tracer {
  run<T>(about: SpanAbout, work: (say: (words: SpanWords) => void) => Promise<T>): Promise<T>;
  context(): string | undefined;
  end(): Promise<void>;
}

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.tracer');
const holder: typeof globalThis & { [key]?: Tracer } = globalThis;

const say = () => {};

/**
 * Does a piece of work within a span; where no traces are kept, just does it.
 * @param work may say more of the span once it is known
 */
export function inSpan<T>(about: SpanAbout, work: (say: (words: SpanWords) => void) => Promise<T>): Promise<T> {
  return holder[key] ? holder[key].run(about, work) : work(say);
}

/** What goes on around here, as W3C's `traceparent`, for whoever does the rest of it elsewhere; undefined where no traces are kept. */
export function traceContext(): string | undefined {
  return holder[key]?.context();
}

/** Has spans go somewhere from now on. @returns the former place */
export function setTracer(tracer: Tracer | undefined): Tracer | undefined {
  const former = holder[key];
  holder[key] = tracer;
  return former;
}
