import type { Catalog } from '@/lib/catalog/catalog';
import type { Config } from '@/lib/core/config';
import type { DeskPorts } from '@/lib/desk/types';
import type { Placement } from '@/lib/planning/types';
import type { Site } from '@/lib/sites/types';

/** What is needed to propose a plan or a site to somebody. */
export interface ProposingPorts extends DeskPorts {
  catalog: Catalog;
  config: Pick<Config, 'ownAddresses'>;
  ports: { callbackUrl(site: Site | undefined): string | null };
}

/** What somebody wants to deploy, and where, as far as they have said. */
export interface Wish {
  recipe: string;
  addOns: string[];
  inputs: Record<string, unknown>;
  /** by group */
  placement: Record<string, Placement>;
  /** the range of the person's own address, for whoever has not said who may come in; left out: not known */
  ownRange?: string | null;
}

/** What sites are ranked for. */
export interface MatchRequest {
  recipe: string;
  addOns: string[];
  inputs: Record<string, unknown>;
  /** only what goes with this one … */
  group?: string;
  /** machines, by group, that are chosen already at one of the sites */
  chosen?: { site: string; project?: string; machines: Record<string, MachineChoice> };
  /** … or what is in this placement set; left out: all */
  set?: string;
}

/** What of a machine is chosen. */
export type MachineChoice = Pick<Placement, 'flavor' | 'image' | 'trustedImage' | 'imageIs'>;

/** How a recipe fits into one project of a site. */
export interface MatchItem {
  site: string;
  project: { id: string; name: string } | null;
  credential: string | null;
  fits: boolean;
  /** the site has not answered yet */
  pending: boolean;
  /** it announced that it is down now */
  down: boolean;
  /** where it does not fit: the person can change that, by access of their own or by other choices */
  mendable: boolean;
  score: number;
  reasons: { good: boolean; text: string; remedy?: string }[];
  /** the first group's (or the asked group's) choice; `choices` has every group's */
  flavor: string | null;
  image: string | null;
  choices: Record<string, { flavor: string | null; image: string | null }>;
  headroom: Record<string, number | null>;
  distanceKm: number | null;
}

/** A ranking as it grows; `settled`: those that are quick have told. */
export interface Ranking {
  items: MatchItem[];
  settled: boolean;
}
