import type { Span } from '../types';

/** Something that can be reserved, with the times in which it is free. */
export interface Supply {
  id: string;
  /** how many of what is asked for it holds: 1 for a host, several where machines of a flavor share one */
  units: number;
  runs: readonly Span[];
}

/** So many units out of these, all for the same time. */
export interface Demand {
  min: number;
  /** taken as well where they are free */
  max: number;
  from: readonly Supply[];
  /** which ones is chosen here, one unit each; without it the site chooses, as for machines of a flavor */
  pick?: boolean;
  /** what is free is the least that is: hosts that several share do not tell how full they are, so one that is taken at all counts as full */
  atLeast?: boolean;
}

/** Whether so many units may be free, though it is not known that they are. */
export function mayHold({ atLeast, from }: Demand, wanted: number): boolean {
  return atLeast === true && from.reduce((sum, { units }) => sum + units, 0) >= wanted;
}

/** What must hold for a set of demands: so many units of all that can serve one of them. */
export interface Need {
  units: number;
  from: readonly Supply[];
}

/** Demands that draw on the same resources are looked at in every combination: 255 at most. */
const MOST_TOGETHER = 8;

/**
 * The needs that hold together exactly when every demand can be met with resources of its own (Hall's theorem): one for each demand,
 * and one for each set of demands that share resources.
 *
 * Of more than eight demands that share resources only the single ones and all together are looked at; whoever offers the result assigns
 * the resources anyway, and sees there what does not come out.
 */
export function needsOf(demands: readonly Demand[]): Need[] {
  return componentsOf(demands).flatMap((component) => {
    if (component.length > MOST_TOGETHER) return [...component.map((one) => together([one])), together(component)];
    return subsets(component).map(together);
  });
}

function together(demands: readonly Demand[]): Need {
  const [first] = demands;
  const units = demands.reduce((sum, { min }) => sum + min, 0);
  if (demands.length === 1 && first) return { units, from: first.from };
  const from = new Map(demands.flatMap((demand) => demand.from.map((supply) => [supply.id, supply] as const)));
  return { units, from: [...from.values()] };
}

/** All sets of them that are not empty. */
function subsets<T>(all: readonly T[]): T[][] {
  return Array.from({ length: 2 ** all.length - 1 }, (_, index) => all.filter((_one, place) => ((index + 1) >>> place) & 1));
}

/** Demands that share resources, directly or by a third, belong together. */
function componentsOf(demands: readonly Demand[]): Demand[][] {
  const components: { members: Demand[]; ids: Set<string> }[] = [];
  for (const demand of demands) {
    const meeting = components.filter(({ ids }) => demand.from.some(({ id }) => ids.has(id)));
    const joined = { members: [...meeting.flatMap(({ members }) => members), demand], ids: new Set(demand.from.map(({ id }) => id)) };
    for (const { ids } of meeting) for (const id of ids) joined.ids.add(id);
    components.splice(0, components.length, ...components.filter((one) => !meeting.includes(one)), joined);
  }
  return components.map(({ members }) => members);
}
