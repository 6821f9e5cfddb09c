import type { WorkloadPorts } from '../../types';
import { drillErrand, endDrill, overdueDrills } from './drain';
import { lookAtPeer } from './look';
import { dueOrigins, mendErrand, mendOrigin } from './mend';
import { dueNights, nightErrand, proveAtNight } from './night';
import { duePeers, peerErrand } from './peers';
import { duePairs, recoverErrand, recoverPair } from './recover';

/** What is to be done for pairs without anybody's asking, as errands. */
export async function dueForPairs(ports: WorkloadPorts): Promise<{ errand: string; after: number }[]> {
  const [peers, origins, drills, dead, nights] = await Promise.all([
    duePeers(ports),
    dueOrigins(ports),
    overdueDrills(ports),
    duePairs(ports),
    dueNights(ports),
  ]);
  return [
    ...peers,
    ...origins.map((id) => ({ errand: `${mendErrand} ${id}`, after: 0 })),
    ...drills.map(({ id, at }) => ({ errand: `${drillErrand} ${id}`, after: at })),
    ...dead.map((id) => ({ errand: `${recoverErrand} ${id}`, after: 0 })),
    ...nights.map((id) => ({ errand: `${nightErrand} ${id}`, after: 0 })),
  ];
}

const kinds: Record<string, (ports: WorkloadPorts, id: string) => Promise<number | null>> = {
  [peerErrand]: lookAtPeer,
  [mendErrand]: mendOrigin,
  [drillErrand]: endDrill,
  [recoverErrand]: async (ports, id) => {
    await recoverPair(ports, id);
    return null;
  },
  [nightErrand]: async (ports, id) => {
    await proveAtNight(ports, id);
    return null;
  },
};

/** One errand for pairs. @returns in how many seconds it is to be run again; null: never; undefined: it is none of these */
export async function runPairErrand(ports: WorkloadPorts, kind: string, id: string): Promise<number | null | undefined> {
  return Object.hasOwn(kinds, kind) ? await kinds[kind]?.(ports, id) : undefined;
}
