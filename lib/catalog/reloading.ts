import type { Clock } from '@/lib/core/clock';
import type { Surroundings } from './compose';
import { fingerprint } from './files';
import { type Library, loadLibrary } from './library';

/** How often at most the folders are looked at for changes, in milliseconds. */
const lookEveryMs = 2000;

/** The library that is kept up to date. */
export interface Reloading {
  /** The library as it was last read. Only the very first call waits for it; later ones start a look at the folders where one is due. */
  current(): Library;
  /** Ends when what is being read now has been read. */
  settled(): Promise<void>;
}

/** Keeps the folders' library up to date, file by file between other work of the thread. */
export function reloading(folders: readonly string[], around: Surroundings, clock: Clock): Reloading {
  let library: Library | undefined;
  let print = '';
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    lookedAt = clock.now().getTime();
    const latest = await inSlices(fingerprint(folders));
    if (library && latest === print) return;
    const loaded = await inSlices(loadLibrary(folders, around));
    print = latest;
    library = loaded;
  };
  const begin = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  return {
    current() {
      if (!library) {
        lookedAt = clock.now().getTime();
        print = atOnce(fingerprint(folders));
        library = atOnce(loadLibrary(folders, around));
      } else if (clock.now().getTime() - lookedAt >= lookEveryMs) void begin().catch(() => {}); // what was read before stays, and the next look is due in a moment
      return library;
    },
    settled: () => (library && !looking ? Promise.resolve() : begin()),
  };
}

/** Takes all steps one after the other. */
function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Takes one step at a time and lets others go first. */
async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    await new Promise((next) => setImmediate(next));
    step = steps.next();
  }
  return step.value;
}
