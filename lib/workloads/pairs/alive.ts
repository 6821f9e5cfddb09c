import type { WorkloadPorts } from '../types';

/** Who makes a pair or takes one out says so again with each call: whoever has not for so long has died. Longer than a call takes that waits for others. */
const ALIVE_MS = 5 * 60_000;

/** Until when whoever is at work on a pair now counts as alive. */
export const aliveUntil = ({ clock }: Pick<WorkloadPorts, 'clock'>): Date => new Date(clock.now().getTime() + ALIVE_MS);
