import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Located } from '@/lib/tosca/located';
import { splitList } from '../source';

/** What a recipe's own files say to people. */
export interface RecipeTexts {
  /** names, labels, titles, help: each wants to be said in every language */
  said: Set<string>;
  /** tags and choices: names as often as words */
  names: Set<string>;
}

/**
 * The texts of a recipe that screens show, as they stand in its files: without its base, its add-ons and what it holds copies of.
 * @param own the file `recipe.yaml`
 * @param reasons what it says beside: why images have no digest, what it does not do in the place of others
 */
export function textsOf(own: Located, reasons: readonly string[]): RecipeTexts {
  const root = new Cursor(own, '', new Diagnostics());
  const [metadata, topology] = [root.get('metadata'), root.get('topology_template')];
  const inputs = valuesOf(topology?.get('inputs'));
  const said = [
    ...textsUnder(metadata, ['display_name', 'summary']),
    ...textsUnder(root, ['description']),
    ...textsUnder(topology, ['description']),
    ...entriesOf(metadata?.get('tabs')).map(([tab]) => tab),
    ...['inputs', 'outputs', 'copies']
      .flatMap((part) => valuesOf(metadata?.get(part)))
      .flatMap((each) => textsUnder(each, ['label', 'because'])),
    ...[...inputs, ...valuesOf(topology?.get('outputs'))].flatMap((each) => textsUnder(each, ['description'])),
    ...valuesOf(topology?.get('node_templates')).flatMap((node) => labelsOf(node.get('metadata'))),
    ...itemsOf(topology?.get('policies'))
      .flatMap(valuesOf)
      .flatMap((policy) => textsUnder(policy.get('properties'), ['label'])),
    ...reasons,
  ];
  const choices = inputs
    .flatMap((input) => itemsOf(input.get('constraints')))
    .flatMap((constraint) => itemsOf(constraint.get('valid_values')))
    .flatMap((choice) => textOf(choice));
  const tags = textsUnder(metadata, ['tags', 'tag']).flatMap(splitList);
  return { said: new Set(said.map(trimmed).filter(isSaid)), names: new Set([...choices, ...tags].map(trimmed).filter(isSaid)) };
}

/** A text as it is looked up. */
export const trimmed = (text: string): string => text.trim();

const isSaid = (text: string): boolean => /\p{L}/u.test(text);

// a node's label, and the titles of its operations: `title`, `title_start`
function labelsOf(metadata: Cursor | undefined): string[] {
  return entriesOf(metadata)
    .filter(([key]) => /^(?:label|title(?:_\w+)?)$/.test(key))
    .flatMap(([, value]) => textOf(value));
}

function textsUnder(cursor: Cursor | undefined, keys: string[]): string[] {
  return keys.flatMap((key) => {
    const value = cursor?.get(key);
    return value ? textOf(value) : [];
  });
}

const textOf = (value: Cursor): string[] => (value.value.kind === 'scalar' ? [value.text() ?? ''] : []);
const entriesOf = (map: Cursor | undefined): [string, Cursor][] => (map?.value.kind === 'map' ? map.entries() : []);
const valuesOf = (map: Cursor | undefined): Cursor[] => entriesOf(map).map(([, value]) => value);
const itemsOf = (list: Cursor | undefined): Cursor[] => (list?.value.kind === 'list' ? list.items() : []);
