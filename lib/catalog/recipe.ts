import type { Expression } from '@/lib/tosca/expression';
import type { NodeTemplate, OutputDefinition, ServiceTemplate } from '@/lib/tosca/template';
import type { Download, Effect, RecipeDetail, RecipeOutput } from './types';

/** `input=value`: holds where that input has that value. */
export interface Condition {
  input: string;
  equals: unknown;
}

/** What waits for nodes in a queue. */
export const works = ['jobs', 'pods'] as const;
export type Work = (typeof works)[number];

/** A group of nodes, as the recipe defines it. */
export interface GroupTemplate {
  name: string;
  node: NodeTemplate;
  label: string;
  role: 'front-end' | 'worker' | 'node';
  /** nodes are numbered (`workers-1`); else there is one, named as the group */
  numbered: boolean;
  placementSet: string;
  enabledBy: Condition[];
  /** what is lost with a node of it that leaves, where all of `when` holds; else data may be */
  leaving: { effect: Effect; when: Condition[] };
  /** its nodes come and go by a queue, where all of `when` holds; `idle`: the input that says after how many minutes without work; `work`: what waits in it */
  elastic?: { when: Condition[]; idle: { input: string }; work: Work };
  disks: { disk: string; location: Expression | null; enabledBy: Condition[] }[];
}

/** What Ansible fetches for a playbook: roles and collections, as Galaxy or a git repository names them. */
export interface PlaybookNeeds {
  roles: string[];
  collections: string[];
}

/** A script or playbook that runs on every node of a group. */
export interface StepTemplate {
  /** `slurm_controller.configure` */
  name: string;
  title: string;
  /** text of the shell script; of a playbook that of what runs it */
  script: string;
  playbook?: PlaybookNeeds & { text: string };
  inputs: Map<string, Expression>;
  timeoutSeconds: number;
  attempts: number;
}

export interface SoftwareTemplate {
  name: string;
  node: NodeTemplate;
  group: string;
  /** names of software that comes before on the same node */
  after: string[];
  /** it comes before all else on the node, but for what it comes after */
  first: boolean;
  enabledBy: Condition[];
  /** runs only when nodes of this group are about to leave: it sees to their work first */
  forLeaving?: string;
  /** and what it has done lasts: nodes that stay can be drained by it */
  holds: boolean;
  steps: StepTemplate[];
  /** what takes it off a machine again, when the add-on that brought it goes; none: what it installed stays there */
  removal: StepTemplate[];
  /** how long it takes, for the estimate */
  seconds: number;
}

export interface OutputTemplate extends RecipeOutput {
  definition: OutputDefinition;
  enabledBy: Condition[];
}

export interface RecipeDownload extends Download {
  /** software or groups that need it; empty: all */
  for: string[];
}

export interface AddOnEffects {
  coming: Effect;
  going: Effect;
}

/** A recipe with its add-ons composed: what planning works on. */
export interface Recipe {
  detail: RecipeDetail;
  addOns: string[];
  /** by add-on: what it does to what stands when it is added to that, and when it goes */
  addOnEffects: Record<string, AddOnEffects>;
  template: ServiceTemplate;
  groups: GroupTemplate[];
  software: SoftwareTemplate[];
  outputs: OutputTemplate[];
  downloads: RecipeDownload[];
}
