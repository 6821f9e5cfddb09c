import type { SayEngine } from './engine';

/** For whoever reads English, which the engine speaks by itself. */
export const asItIs: SayEngine = (text) => text;
