import type { RecipeDetail, RecipeNote } from '@/lib/catalog/types';
import type { Totals } from '@/lib/planning/types';

/** Somebody's template, and where the catalogue is with which it is looked at. */
export interface TrialRequest {
  /** the template itself, or an address of the web of which the catalogue holds a copy */
  given: { text: string } | { url: string };
  /** folders of the catalogue, our own first */
  folders: string[];
}

/** What of a template's plan its author looks at: made with the defaults, at a site that is not there and has everything. */
export interface TrialPlan {
  totals: Totals;
  nodes: { hostname: string; group: string; steps: { name: string; title: string }[] }[];
  /** what is made, in its order */
  resources: { kind: string; summary: string }[];
  /** what is open, by the group's firewall */
  ports: { group: string; protocol: string; ports: string; from: string; why: string }[];
  problems: { field?: string; detail: string; remedy?: string }[];
}

/** What came of trying a template. */
export interface Trial {
  /** its form and its page; null where it can't be used */
  recipe: RecipeDetail | null;
  plan: TrialPlan | null;
  /** what is wrong with it */
  problems: RecipeNote[];
  /** scripts and playbooks that it names, which nobody has given and whose work is not known */
  unread: string[];
}
