import type { FieldProblem } from '@/lib/core/errors';

export type InputType = 'string' | 'integer' | 'float' | 'boolean' | 'scalar-unit.size' | 'list' | 'map';
export type Generated = 'password' | 'token' | 'munge' | 'ssh-key' | 'kubeadm-token' | 'certificate-key' | 'ca';

/** A TOSCA constraint, as its keyword and operand: `{in_range: [1, 16]}`. */
export type Constraint = Partial<{
  equal: unknown;
  greater_than: number | string;
  greater_or_equal: number | string;
  less_than: number | string;
  less_or_equal: number | string;
  in_range: [number | string, number | string];
  valid_values: unknown[];
  length: number;
  min_length: number;
  max_length: number;
  pattern: string;
}>;

/** One question of a recipe's form. */
export interface FormInput {
  name: string;
  type: InputType;
  label: string;
  help?: string;
  default?: unknown;
  required: boolean;
  constraints: Constraint[];
  widget: 'text' | 'number' | 'toggle' | 'select' | 'size' | 'password' | 'list' | 'cidr' | 'ports';
  /** shown and asked only while that input has that value */
  enabledBy?: { input: string; equals: unknown };
  /** made by Transat when left empty */
  generated?: Generated;
  secret: boolean;
  /** text of several lines is allowed */
  multiline?: boolean;
  /** type and constraints of the elements of a list or map */
  entry?: { type: string; constraints: Constraint[] };
  tab: string;
}

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
  /** groups with the same value must be at one site */
  placementSet: string;
  supportedImages: { distro: string; version: string }[];
}

export interface RecipeOutput {
  name: string;
  label: string;
  description?: string;
  kind: 'text' | 'url' | 'command' | 'file';
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
  /** README.md of the recipe */
  readme: string;
  tabs: string[];
  inputs: FormInput[];
  groups: RecipeGroup[];
  outputs: RecipeOutput[];
  downloads: Download[];
}

/** A recipe file that does not parse: listed, and never in the way of the others. */
export interface BrokenRecipe {
  id: string;
  path: string;
  line: number;
  column: number;
  message: string;
}

export type InputValues = Record<string, unknown>;

export type InputCheck = { ok: true; values: InputValues } | { ok: false; fields: FieldProblem[] };
