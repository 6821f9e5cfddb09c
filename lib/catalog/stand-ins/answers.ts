import type { Located } from '@/lib/tosca/located';
import type { TypeSystem } from '@/lib/tosca/types';
import type { Match, Replaced } from './match';
import { entryAt, list, map, scalar, textAt } from './nodes';

/** What a recipe's input is in a template that it does a part of. */
export type Answer =
  /** a value that is known */
  | { kind: 'fixed'; value: Located }
  /** an input of the template, under its name there; `own`: the recipe brings it */
  | { kind: 'input'; name: string; own: boolean }
  /** what functions make of the template */
  | { kind: 'worked-out'; value: Located };

/** What each input of a recipe is in the template: what its `stands-for.yaml` says, what is asked or made anew, else the recipe's default. */
export function answersOf({ standIn, replaced }: Match, types: TypeSystem): Map<string, Answer> {
  const inputs = entryAt(standIn.root, 'topology_template', 'inputs');
  const about = entryAt(standIn.root, 'metadata', 'inputs');
  const own = (name: string): Answer => ({ kind: 'input', name, own: true });
  const answer = (input: string, definition: Located): Answer => {
    const said = standIn.about.answers.get(input);
    const asked = standIn.about.asked.get(input);
    if (said) return answerOf(saidOfNodes(said, replaced), replaced, types);
    if (asked !== undefined) return own(asked);
    if (entryAt(about, input, 'generated')) return own(`${standIn.id}_${input}`.replaceAll('-', '_'));
    return byDefault(definition);
  };
  const definitions = inputs?.kind === 'map' ? inputs.entries : new Map<string, Located>();
  const answers = new Map([...definitions].map(([name, definition]) => [name, answer(name, definition)]));
  // nobody is asked for an answer that the template's own refuse
  for (const [name, definition] of definitions) {
    const [other = '', value] = (textAt(entryAt(about, name, 'unless')) ?? '').split('=').map((part) => part.trim());
    const refusing = answers.get(other);
    if (refusing?.kind === 'fixed' && textAt(refusing.value) === value) answers.set(name, byDefault(definition));
  }
  return answers;
}

const byDefault = (definition: Located): Answer => ({ kind: 'fixed', value: entryAt(definition, 'default') ?? scalar('', definition.at) });

// As near to its value as can be told: what a property was given, and the input that was given to it.
function answerOf(value: Located, replaced: Match['replaced'], types: TypeSystem): Answer {
  if (value.kind !== 'map') return { kind: 'fixed', value };
  const input = textAt(value, 'get_input');
  if (input !== undefined && value.entries.size === 1) return { kind: 'input', name: input, own: false };
  const property = entryAt(value, 'get_property');
  const [owner, name] = property?.kind === 'list' ? property.items.map((item) => textAt(item) ?? '') : [];
  const of = [...replaced.values()].find((each) => each.name === owner);
  const given = of && name !== undefined ? givenTo(of, name, types) : undefined;
  if (!given) return { kind: 'worked-out', value };
  const nearer = answerOf(given, new Map(), types);
  return nearer.kind === 'worked-out' ? { kind: 'worked-out', value } : nearer;
}

/** What a property of a replaced node, or a variable of its playbook, was given: in the template, else by its type. */
export function givenTo({ node, type, variables }: Replaced, name: string, types: TypeSystem): Located | undefined {
  return variables
    ? entryAt(variables, name)
    : (entryAt(node, 'properties', name) ?? types.resolve(type).properties.get(name)?.default?.value);
}

/** What `stands-for.yaml` says of its groups, said of the template's nodes: properties of what is replaced, attributes of the machines it is on. */
export function saidOfNodes(value: Located, replaced: Match['replaced']): Located {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => saidOfNodes(item, replaced)) };
  if (value.kind !== 'map') return value;
  const [[call, argument] = []] = value.entries;
  const items = argument?.kind === 'list' ? argument.items : [];
  const of = replaced.get(textAt(items[0]) ?? '');
  if (of && argument && call === 'get_property') {
    const name = textAt(items[1]) ?? '';
    if (of.variables) return entryAt(of.variables, name) ?? scalar('', value.at);
    return map([[call, list([scalar(of.name, value.at), ...items.slice(1)], argument.at)]], value.at);
  }
  if (of && argument && call === 'get_attribute')
    return map([[call, list([scalar(of.machines, value.at), ...items.slice(1)], argument.at)]], value.at);
  return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, saidOfNodes(entry, replaced)])) };
}
