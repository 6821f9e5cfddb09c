import type { Cursor } from '@/lib/tosca/cursor';
import type { Located, Position } from '@/lib/tosca/located';
import { textAt } from './nodes';

/** What a group of a recipe stands for in templates of others: a node of this type, or one that runs this playbook. */
export interface Counterpart {
  type?: string;
  /** the end of its path: `artifacts/docker.yml` */
  playbook?: string;
}

/** Where a recipe leaves a template to its own playbooks, and why. */
export interface Reservation {
  /** something of this type that the recipe does not set up is on what it would set up, or depends on it … */
  type?: string;
  /** … or this property of a group's counterpart is so */
  property?: { group: string; name: string; is: string };
  because: string;
}

/** How a recipe's software takes the place of others' types and playbooks, as its `stands-for.yaml` says. */
export interface StandsFor {
  at: Position;
  groups: Map<string, Counterpart>;
  /** the recipe's input → what it is in the template; an input that is named nowhere has its default */
  answers: Map<string, Located>;
  /** the recipe's input → the name under which the template asks for it, too */
  asked: Map<string, string>;
  /** software of the recipe that is left out */
  leaves: Set<string>;
  /** software of the recipe → what it has beside */
  software: Map<string, Located>;
  unless: Reservation[];
  /** properties and variables that ask for nothing that the recipe does not do or know by itself */
  knows: Set<string>;
  /** why a property or a variable is not heeded */
  unheeded: Map<string, string>;
  /** task of the playbook → output of the recipe that says the same */
  tasks: Map<string, string>;
  /** output that the template gets → output of the recipe */
  shows: Map<string, string>;
  /** outputs of templates that would lead nowhere, and why */
  lost: Map<string, string>;
}

const keys = ['groups', 'answers', 'asked', 'leaves', 'software', 'unless', 'knows', 'unheeded', 'tasks', 'shows', 'lost'];

/** Reads `stands-for.yaml`. What is wrong with it is noted where the cursor tells. */
export function readStandsFor(root: Cursor): StandsFor {
  root.onlyKeys(keys);
  const groups = new Map((root.get('groups')?.entries() ?? []).map(([name, about]) => [name, readCounterpart(about)]));
  if (groups.size === 0) root.fail('groups, which the recipe has in the place of something, are missing.');
  return {
    at: root.at,
    groups,
    answers: located(root.get('answers')),
    asked: texts(root.get('asked')),
    leaves: words(root.get('leaves')),
    software: located(root.get('software')),
    unless: (root.get('unless')?.items() ?? []).map(readReservation),
    knows: words(root.get('knows')),
    unheeded: texts(root.get('unheeded')),
    tasks: texts(root.get('tasks')),
    shows: texts(root.get('shows')),
    lost: texts(root.get('lost')),
  };
}

function readCounterpart(cursor: Cursor): Counterpart {
  cursor.onlyKeys(['type', 'playbook']);
  const [type, playbook] = [cursor.get('type')?.text(), cursor.get('playbook')?.text()];
  if ((type === undefined) === (playbook === undefined)) cursor.fail('It stands for a type or for a playbook: one of both is named.');
  return { ...(type !== undefined && { type }), ...(playbook !== undefined && { playbook }) };
}

function readReservation(cursor: Cursor): Reservation {
  cursor.onlyKeys(['type', 'property', 'is', 'because']);
  const because = cursor.get('because')?.text() ?? '';
  if (because === '') cursor.fail('It says because of what.');
  const [group, name] = (cursor.get('property')?.items() ?? []).map((item) => item.text() ?? '');
  if (group !== undefined && name !== undefined) return { property: { group, name, is: cursor.get('is')?.text() ?? '' }, because };
  const type = cursor.get('type')?.text();
  if (type === undefined) cursor.fail('A type is named, or a property: the group and its name.');
  return { ...(type !== undefined && { type }), because };
}

/** What it says to people. */
export function saidIn({ unheeded, lost, unless, software }: StandsFor): string[] {
  const titles = [...software.values()].flatMap((node) => textAt(node, 'metadata', 'title') ?? []);
  return [...unheeded.values(), ...lost.values(), ...unless.map(({ because }) => because), ...titles];
}

const located = (cursor: Cursor | undefined) => new Map((cursor?.entries() ?? []).map(([name, entry]) => [name, entry.value]));
const texts = (cursor: Cursor | undefined) => new Map((cursor?.entries() ?? []).map(([name, entry]) => [name, entry.text() ?? '']));
const words = (cursor: Cursor | undefined) => new Set((cursor?.items() ?? []).map((item) => item.text() ?? ''));
