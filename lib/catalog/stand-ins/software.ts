import type { Located } from '@/lib/tosca/located';
import { eachEntry, inMap, mapFirst, mapText, ofNodes, requirementsOf } from '../combining/rewrite';
import { type Answer, saidOfNodes } from './answers';
import type { Match, Replaced } from './match';
import { entryAt, list, map, nodesOf, scalar, textAt } from './nodes';

/** What a stand-in brings into a template, and what that needs. */
export interface Brought {
  /** the recipe's software by its name there → its node template in this one */
  software: Map<string, { name: string; node: Located; replaces: string }>;
  /** inputs of the recipe that this needs, by their name there → under which name the template asks for them */
  inputs: Map<string, string>;
  /** a value of the recipe, said of this template */
  inTemplate(value: Located): Located;
  /** conditions such as `accounting=true`: those that are still open; null where one never holds */
  conditions(text: string): string | null;
}

/** The software of a recipe in the place of what a template's nodes run, under names that begin with theirs. */
export function broughtBy({ standIn, replaced }: Match, answers: ReadonlyMap<string, Answer>, taken: ReadonlySet<string>): Brought {
  const recipe = new Map([...nodesOf(standIn.root), ...softwareBeside(standIn)]);
  const inputs = new Map<string, string>();
  const use = (input: string, name: string) => {
    inputs.set(input, name);
    return name;
  };
  const conditions = (text: string): string | null => {
    const open: string[] = [];
    for (const condition of text.split(',')) {
      const [input = '', value = ''] = condition.split('=').map((part) => part.trim());
      const answer = answers.get(input);
      if (answer?.kind === 'fixed' && textAt(answer.value) !== value) return null;
      if (answer?.kind === 'input') open.push(`${answer.own ? use(input, answer.name) : answer.name}=${value}`);
    }
    return open.join(', ');
  };
  const hostOf = (name: string): Replaced | undefined => {
    const node = recipe.get(name);
    const host = node && requirementsOf(node).find(({ kind }) => kind === 'host')?.target;
    return host === undefined ? undefined : (replaced.get(host) ?? hostOf(host));
  };
  const kept = [...recipe].flatMap(([name, node]) => {
    const host = standIn.about.leaves.has(name) ? undefined : hostOf(name);
    const when = textAt(node, 'metadata', 'enabled_by');
    const open = when === undefined ? '' : conditions(when);
    return host && open !== null ? [{ name, node, host, open }] : [];
  });
  const names = new Map<string, string>();
  for (const { name, host } of kept) names.set(name, freeName(`${host.name}_${name}`, new Set([...taken, ...names.values()])));
  const inTemplate = (value: Located): Located => {
    if (value.kind === 'list') return { ...value, items: value.items.map(inTemplate) };
    if (value.kind === 'scalar') return value;
    const [[call = '', argument] = []] = value.entries;
    if (argument && value.entries.size === 1 && (call === 'get_input' || call === 'get_secret')) return inputOf(value, call, argument);
    if (argument && value.entries.size === 1 && ofNodes.has(call)) {
      const of = argument.kind === 'list' ? (textAt(argument.items[0]) ?? '') : '';
      if (call === 'get_property' && replaced.has(of)) return saidOfNodes(value, replaced);
      const name = names.get(of) ?? replaced.get(of)?.machines;
      // what is left out says nothing
      return name === undefined ? scalar('', value.at) : map([[call, mapFirst(argument, () => name)]], value.at);
    }
    return eachEntry(value, (_key, entry) => inTemplate(entry));
  };
  const inputOf = (value: Located, call: string, argument: Located): Located => {
    const input = textAt(argument.kind === 'list' ? argument.items[0] : argument) ?? '';
    const answer = answers.get(input);
    if (answer?.kind !== 'input') return answer?.value ?? value;
    const when = textAt(entryAt(standIn.root, 'metadata', 'inputs', input, 'enabled_by'));
    // nobody is asked for what is of use in no case
    if (when !== undefined && conditions(when) === null) return scalar('', value.at);
    const name = answer.own ? use(input, answer.name) : answer.name;
    return map([[call, mapFirst(argument, () => name)]], value.at);
  };
  const software = kept.map(({ name, node, host, open }) => {
    const whole = inMap(inTemplate(node), {
      metadata: (metadata) =>
        inMap(metadata, {
          enabled_by: (text) => (open === '' ? undefined : mapText(text, () => open)),
          for_leaving: (text) => mapText(text, (group) => replaced.get(group)?.machines ?? group),
        }),
      requirements: ({ at }) => list(requirementsIn(node, host, names, at), at),
    });
    return [name, { name: names.get(name) ?? name, node: whole, replaces: host.name }] as const;
  });
  return { software: new Map(software), inputs, inTemplate, conditions };
}

// It is where the replaced was, after all that this came after.
function requirementsIn(
  node: Located,
  { machines, node: before }: Replaced,
  names: ReadonlyMap<string, string>,
  at: Located['at'],
): Located[] {
  const own = requirementsOf(node).flatMap(({ kind, target }) => (kind === 'dependency' ? (names.get(target) ?? []) : []));
  const others = requirementsOf(before).flatMap(({ target }) => (target === machines ? [] : target));
  const requirement = (kind: string, target: string) => map([[kind, scalar(target, at)]], at);
  return [requirement('host', machines), ...new Set([...own, ...others])].map((each) =>
    typeof each === 'string' ? requirement('dependency', each) : each,
  );
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`${name}_`, taken) : name;
}

// What the recipe has, with what is said beside; and what is said alone.
function softwareBeside({ root, about }: Match['standIn']): [string, Located][] {
  const there = nodesOf(root);
  return [...about.software].map(([name, beside]) => {
    const own = there.get(name);
    return [name, own ? mergedInto(own, beside) : beside];
  });
}

/** Maps within maps come together; of all else the addition counts. */
function mergedInto(value: Located, addition: Located): Located {
  if (value.kind !== 'map' || addition.kind !== 'map') return addition;
  const entries = new Map(value.entries);
  for (const [key, entry] of addition.entries) {
    const there = entries.get(key);
    entries.set(key, there ? mergedInto(there, entry) : entry);
  }
  return { ...value, entries };
}

/** What an entry of a recipe's `metadata` says of an input or an output, with its conditions said of the template; null where those of asking never hold. */
export function aboutOf(about: Located | undefined, { conditions }: Brought): Located | null | undefined {
  const [when, refused] = ['enabled_by', 'unless'].map((key) => {
    const text = textAt(entryAt(about, key));
    return text === undefined ? undefined : conditions(text);
  });
  if (when === null) return null;
  const said = (open: string | null | undefined) => (text: Located) => (open ? mapText(text, () => open) : undefined);
  return about && inMap(about, { enabled_by: said(when), unless: said(refused), because: (text) => (refused ? text : undefined) });
}
