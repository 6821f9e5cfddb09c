import type { FieldProblem } from '@/lib/core/errors';
import type { FormInput, InputValues } from '@/lib/inputs/types';

export type { Effect, FormInput, Generated, InputValues } from '@/lib/inputs/types';

/** The nodes of one role at one site. */
export interface RecipeGroup {
  name: string;
  label: string;
  role: 'front-end' | 'worker' | 'node';
  /** the input that gives the number of nodes; absent: `count` is fixed */
  countInput?: string;
  count: number;
  /** smallest flavor that will do */
  minVcpus: number;
  minRamMiB: number;
  minDiskGiB: number;
  publicAddress: boolean;
  /** name of its {@link PlacementSet}: groups with the same one are at one site */
  placementSet: string;
  supportedImages: { distro: string; version: string }[];
}

/** Groups that go to one site together. */
export interface PlacementSet {
  /** of the policy that names them; `all` where there is none */
  name: string;
  label: string;
  groups: string[];
  /** it must not share a site with another set */
  apart: boolean;
}

export interface RecipeOutput {
  name: string;
  label: string;
  description?: string;
  kind: 'text' | 'url' | 'command' | 'file' | 'date';
  secret: boolean;
}

export interface Download {
  url: string;
  version: string;
  /** lower-case hexadecimal; empty for an image that is {@link unpinned} */
  sha256: string;
  sizeBytes: number;
  /** a container image is pulled by digest; `url` is then its reference */
  kind: 'file' | 'image';
  /** why an image's digest is not known; it is then pulled by its exact version */
  unpinned?: string;
}

export interface RecipeSummary {
  id: string;
  name: string;
  version: string;
  summary: string;
  tags: string[];
  kind: 'recipe' | 'add-on';
  extends: string[];
  icon: string;
}

export interface RecipeDetail extends RecipeSummary {
  description: string;
  /** README.md of the recipe, or that of another language */
  readme: string;
  readmeLanguage: 'en' | 'es';
  tabs: string[];
  inputs: FormInput[];
  groups: RecipeGroup[];
  /** every group is in one; where there are several, each may go to a site of its own */
  sets: PlacementSet[];
  outputs: RecipeOutput[];
  downloads: Download[];
  /** what its files say that is not as their author may think, or is not honoured */
  notes: RecipeNote[];
}

/** Something about a line of a recipe's file. */
export interface RecipeNote {
  path: string;
  line: number;
  column: number;
  message: string;
}

/** A recipe file that does not parse: listed, and never in the way of the others. */
export interface BrokenRecipe extends RecipeNote {
  id: string;
}

export type InputCheck = { ok: true; values: InputValues } | { ok: false; fields: FieldProblem[] };
