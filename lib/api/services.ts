import { Passes } from '@/lib/auth/passes';
import { Refusals } from '@/lib/auth/refusals';
import type { Config } from '@/lib/core/config';
import type { KeepingPorts } from '@/lib/keeping/ports';
import { getKeeping, openKeeping } from '@/lib/keeping/room';
import { Tries } from './http/tries';
import { Listeners } from './listeners';

/** What the handlers and the pages work with. */
export interface Services extends KeepingPorts {
  config: Config;
  listeners: Listeners;
  /** what lets people in, watched for what stays open for them */
  passes: Passes;
  /** where it is written down what was refused */
  refusals: Refusals;
  /** how often people try what reaches out */
  tries: Tries;
}

type Wire = 'listeners' | 'passes' | 'refusals' | 'tries';

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.services');
type Holder = typeof globalThis & { [key]?: Promise<Services> };

/** The services of this process, made at the first call. */
export function getServices(): Promise<Services> {
  const holder: Holder = globalThis;
  holder[key] ??= open().catch((error: unknown) => {
    delete holder[key];
    throw error;
  });
  return holder[key];
}

async function open(): Promise<Services> {
  const keeping = await getKeeping();
  // file by file between other work: the first who asks would else wait for all of it at once, and everybody with them
  await keeping.catalog.settled();
  return withWire(keeping);
}

/** Puts services together from their parts; tests bring their own. */
export function assemble(parts: Omit<Services, 'sites' | 'desk' | 'telling' | Wire>): Services {
  return withWire(openKeeping(parts));
}

function withWire(keeping: Omit<Services, Wire>): Services {
  return {
    ...keeping,
    listeners: new Listeners(keeping.store),
    passes: new Passes(keeping),
    refusals: new Refusals(keeping.store.db, keeping.clock),
    tries: new Tries(keeping.store.db, keeping.clock),
  };
}
