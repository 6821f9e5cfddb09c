import type { Kysely } from 'kysely';
import type { Clock } from '@/lib/core/clock';
import type { Config } from '@/lib/core/config';
import { log } from '@/lib/core/log';
import type { Schema } from '@/lib/store/schema';
import { refreshSource, sourcesOf } from './sources';

const LOOK_MS = 60_000;
const FIRST_MS = 5_000;

/**
 * Looks each minute, and a little later each time, which sources of the directory are due, and asks them.
 * @param random from 0 to 1: so that many installations do not ask at the same moment
 * @returns what ends it
 */
export function keepDirectoryFresh(db: Kysely<Schema>, clock: Clock, config: Config, random: () => number = Math.random): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const later = (ms: number) => {
    if (!ended) timer = setTimeout(() => void look(), ms * (1 + random())).unref();
  };
  const look = async () => {
    try {
      await Promise.all(sourcesOf(config, clock.now()).map((source) => refreshSource(db, clock, source)));
    } catch (error) {
      log.warn({ err: error }, 'the directory of sites could not be refreshed');
    }
    later(LOOK_MS);
  };
  // the sandbox's directory is on this machine: nobody is kept waiting for it, and it for nobody
  if (config.sandbox) void look();
  else if (sourcesOf(config, clock.now()).length > 0) later(FIRST_MS);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
