import type { Diagnostic, Located } from '@/lib/tosca/located';
import type { TypeSystem } from '@/lib/tosca/types';
import { givenTo } from './answers';
import type { Match, Replaced } from './match';
import { entryAt } from './nodes';

/**
 * What is said of nodes that a recipe of ours sets up: that it does, and what they ask for that it does not heed. What a template says itself is told
 * always; what its types say, where the recipe knows why it is not so.
 */
export function notesOf({ standIn, replaced }: Match, types: TypeSystem): Diagnostic[] {
  const { about, name: recipe } = standIn;
  const heeded = new Set([...about.knows, ...namesIn([...about.answers.values()])]);
  return [...replaced.values()].flatMap((each) => {
    const said = { at: each.node.at, message: `${each.name}: set up by Transat's own recipe ${recipe}, not by its playbook.` };
    const given = namesOf(each, types).flatMap((name): Diagnostic[] => {
      const value = givenTo(each, name, types);
      const own = each.variables ? value : entryAt(each.node, 'properties', name);
      const reason = about.unheeded.get(name);
      if (!value || heeded.has(name) || !asks(value) || (!own && reason === undefined)) return [];
      const what = `${each.name}.${name}`;
      return [{ at: own?.at ?? each.node.at, message: `${what} does nothing here: ${reason ?? 'it is not supported.'}` }];
    });
    return [said, ...given];
  });
}

function namesOf({ node, type, variables }: Replaced, types: TypeSystem): string[] {
  const given = variables ?? entryAt(node, 'properties');
  const own = given?.kind === 'map' ? [...given.entries.keys()] : [];
  return [...new Set([...own, ...(variables ? [] : types.resolve(type).properties.keys())])];
}

// The properties that answers are made of.
function namesIn(values: readonly Located[]): string[] {
  return values.flatMap((value): string[] => {
    if (value.kind === 'list') return namesIn(value.items);
    if (value.kind === 'scalar') return [];
    const property = entryAt(value, 'get_property');
    const name = property?.kind === 'list' ? property.items[1] : undefined;
    return name?.kind === 'scalar' ? [String(name.value)] : namesIn([...value.entries.values()]);
  });
}

// Empty, and no, ask for nothing.
function asks(value: Located): boolean {
  if (value.kind === 'list') return value.items.some(asks);
  if (value.kind === 'map') return [...value.entries.values()].some(asks);
  return value.value !== null && value.value !== '' && value.value !== false;
}
