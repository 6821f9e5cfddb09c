import { readMoment } from '@/components/leases/link-time';
import type { FormInput } from '@/lib/catalog/types';
import type { RawValue } from './answers/raw-value';

export interface SiteChoice {
  site: string;
  project: string | null;
  credential: string | null;
}

/** What a person has answered and chosen so far for one recipe; what is missing stands at its default. */
export interface Draft {
  addOns: string[];
  inputs: Record<string, RawValue>;
  /** by placement set */
  sites: Record<string, SiteChoice>;
  /** by group */
  machines: Record<string, MachineChoice>;
  /** what is chosen of networks and disks at the site of each placement set */
  ways: Record<string, WaysChoice>;
  name: string;
}

/** What few choose at a site; what is left out, the planner or the site does. */
export interface WaysChoice {
  /** ids */
  network?: string;
  pool?: string;
  router?: string;
  /** as it is typed */
  nameServers?: string;
  configDrive?: boolean;
  volumeType?: string;
}

/** What the machines of a group are: what is left out, the planner chooses. */
export interface MachineChoice {
  flavor?: string;
  image?: string;
  trustedImage?: string;
  imageIs?: ImageIs;
  /** id of the lease that they boot on … */
  lease?: string;
  /** … or one that is made on the way */
  newLease?: LeaseWish;
}

/** What the person says that an image is, as far as it is typed. */
export interface ImageIs {
  image: string;
  distro: string;
  version: string;
  /** '': as the site says */
  architecture: string;
  loginUser: string;
}

export interface LeaseWish {
  /** ISO 8601 */
  start: 'now' | string;
  end: string;
  nodeType?: string;
}

export const emptyDraft: Draft = { addOns: [], inputs: {}, sites: {}, machines: {}, ways: {}, name: '' };

export const draftKey = (recipe: string) => `transat:draft:${recipe}`;

/** A draft as text to keep in the browser. Answers that are secret are left out: they never rest on disk. */
export function storeDraft(draft: Draft, inputs: FormInput[]): string {
  const secrets = new Set(inputs.filter((input) => input.secret || input.widget === 'password').map((input) => input.name));
  const kept = Object.entries(draft.inputs).filter(([name]) => !secrets.has(name));
  return JSON.stringify({ ...draft, inputs: Object.fromEntries(kept) });
}

/** Reads a kept draft; anything that is not one is an empty draft. */
export function readDraft(text: string | null): Draft {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (!isRecord(value)) return emptyDraft;
    return {
      addOns: Array.isArray(value.addOns) ? value.addOns.filter((each) => typeof each === 'string') : [],
      inputs: pick(value.inputs, isRaw),
      sites: pick(value.sites, isSiteChoice),
      machines: pick(value.machines, isMachine),
      ways: pick(value.ways, isWays),
      name: typeof value.name === 'string' ? value.name : '',
    };
  } catch {
    return emptyDraft;
  }
}

function pick<T>(value: unknown, is: (entry: unknown) => entry is T): Record<string, T> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => is(entry[1])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isRaw(value: unknown): value is RawValue {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
  );
}
function isText(value: unknown): value is string | null | undefined {
  return value === null || value === undefined || typeof value === 'string';
}
function isSiteChoice(value: unknown): value is SiteChoice {
  return isRecord(value) && typeof value.site === 'string' && isText(value.project) && isText(value.credential);
}
function isMachine(value: unknown): value is MachineChoice {
  if (!isRecord(value) || !(value.newLease === undefined || isWish(value.newLease))) return false;
  if (!(value.imageIs === undefined || isImageIs(value.imageIs))) return false;
  return [value.flavor, value.image, value.trustedImage, value.lease].every(isText);
}
function isImageIs(value: unknown): value is ImageIs {
  return isRecord(value) && ['image', 'distro', 'version', 'architecture', 'loginUser'].every((name) => typeof value[name] === 'string');
}
function isWays(value: unknown): value is WaysChoice {
  if (!isRecord(value) || !(value.configDrive === undefined || typeof value.configDrive === 'boolean')) return false;
  return ['network', 'pool', 'router', 'nameServers', 'volumeType'].every(
    (name) => value[name] === undefined || typeof value[name] === 'string',
  );
}
// '' while it is being typed
function isTime(value: unknown): value is string {
  return typeof value === 'string' && (value === '' || readMoment(value) !== undefined);
}
function isWish(value: unknown): value is LeaseWish {
  return isRecord(value) && (value.start === 'now' || isTime(value.start)) && isTime(value.end) && isText(value.nodeType);
}
