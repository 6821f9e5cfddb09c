import type { Visitor } from '@/lib/desk/types';
import { toIso } from '@/lib/leases/calendar/moments';
import type { Cost } from '@/lib/leases/rules/cost';
import type { LeaseProblem } from '@/lib/leases/types';
import { judge } from './judge';
import type { LeaseWish } from './make';
import type { LeasingPorts } from './ports';
import type { Offered } from './refused';
import type { LeaseNode } from './types';
import { nodeOf } from './view';

/** What would be said of a lease, were it asked for. */
export interface Linted {
  problems: LeaseProblem[];
  cost: Cost | null;
  alternatives: Offered[];
  start: string | null;
  end: string | null;
  hosts: { reservation: number; nodes: LeaseNode[] }[];
}

/** Looks at a planned lease, and makes nothing. Same errors as `judge`. */
export async function lintWish(services: LeasingPorts, person: Visitor, wish: LeaseWish): Promise<Linted> {
  const { problems, cost, alternatives, span, hosts } = await judge(services, person, wish, { fresh: false });
  return {
    problems,
    cost,
    alternatives,
    start: span && toIso(span.start),
    end: span && toIso(span.end),
    hosts: [...hosts].map(([path, all]) => ({ reservation: Number(path.split('.')[1]), nodes: all.map(nodeOf) })),
  };
}
