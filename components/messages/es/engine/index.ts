import { clouds } from './clouds';
import { clusters } from './clusters';
import { deploying } from './deploying';
import { leases } from './leases';
import { networks } from './networks';
import { pairs } from './pairs';
import { planning } from './planning';
import { words } from './words';

/** The engine's sentences and words in Spanish, by their English. */
export const engine = { sentences: { ...planning, ...networks, ...deploying, ...clouds, ...clusters, ...leases, ...pairs }, words };
