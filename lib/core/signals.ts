/** What happens in this process that its operator counts. */
export interface Signals {
  /** a request to a service of a site was answered; `status`: of HTTP, or `none` where nothing answered */
  call: { service: string; method: string; status: string; seconds: number };
  /** a look at a deployment came to its end, or to a fault */
  pass: { outcome: 'done' | 'fault'; seconds: number };
  /** a line was written into a deployment's history; `code`: of the problem that it tells of, or `none` */
  event: { level: string; code: string };
}

type Listeners = { [Name in keyof Signals]: ((signal: Signals[Name]) => void)[] };

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.signals');
type Holder = typeof globalThis & { [key]?: Listeners };

function listeners(): Listeners {
  const holder: Holder = globalThis;
  holder[key] ??= { call: [], pass: [], event: [] };
  return holder[key];
}

/** Has something told of each signal from now on. */
export function listenTo<Name extends keyof Signals>(name: Name, listener: (signal: Signals[Name]) => void): void {
  listeners()[name].push(listener);
}

/** Tells whoever listens, if anybody does. */
export function announce<Name extends keyof Signals>(name: Name, told: Signals[Name]): void {
  for (const listener of listeners()[name]) listener(told);
}

/** Does some work, and tells how long it took and what came of it. */
export async function timed<T>(work: () => Promise<T>, tell: (seconds: number, result: T | undefined) => void): Promise<T> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const result = await work();
    tell(seconds(), result);
    return result;
  } catch (error) {
    tell(seconds(), undefined);
    throw error;
  }
}
