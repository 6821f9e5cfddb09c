import { matches, patternProblem } from '@/lib/inputs/pattern';
import type { Cursor } from '@/lib/tosca/cursor';
import type { ServiceTemplate } from '@/lib/tosca/template';

/** What a tab of the Infrastructure Manager's dialect says of an input beside its name. */
export interface TabOptions {
  /** as in `metadata.inputs` */
  metadata: Record<string, string>;
  pattern?: string;
}

export interface Tabs {
  /** tab → names of its inputs; an input is in the first that names it */
  tabs: Map<string, string[]>;
  options: Map<string, TabOptions>;
}

const tagTypes: Record<string, Record<string, string>> = {
  text: {},
  email: {},
  password: { secret: 'true' },
  textarea: { multiline: 'true' },
};

/**
 * Reads `metadata.tabs`: a tab has a list of names, or of maps from a name to what is to be known of it, or such a map, or a
 * regular expression for the names (the last three are the Infrastructure Manager's).
 */
export function readTabs(template: ServiceTemplate, cursor: Cursor | undefined): Tabs {
  const result: Tabs = { tabs: new Map(), options: new Map() };
  const seen = new Set<string>();
  const entries = cursor?.entries() ?? [];
  for (const [tab] of entries) result.tabs.set(tab, []);
  // names count before expressions: `.*` is what the template that has it did not name, and not what others bring
  for (const isNamed of [true, false])
    for (const [tab, entry] of entries) {
      if ((entry.value.kind === 'scalar') === isNamed) continue;
      const named = isNamed ? byName(template, entry, seen, result.options) : byExpression(template, entry, seen);
      for (const name of named) seen.add(name);
      result.tabs.set(tab, named);
    }
  return result;
}

// Names that begin as the expression says, as Python's `re.match` has it; those of earlier tabs stay there.
function byExpression(template: ServiceTemplate, entry: Cursor, seen: Set<string>): string[] {
  const expression = entry.text() ?? '';
  const problem = patternProblem(expression);
  if (problem) entry.fail(`The expression for the names of inputs can't be used: ${problem}.`);
  const named = [...template.inputs.keys()].filter((name) => !seen.has(name) && matches(`(?:${expression}).*`, name));
  if (!problem && named.length === 0) entry.warn(`No input has a name like ${expression}, so that the tab is empty.`);
  return named;
}

function byName(template: ServiceTemplate, entry: Cursor, seen: Set<string>, options: Tabs['options']): string[] {
  const items = entry.value.kind === 'map' ? entry.entries() : entry.items().flatMap(itemOf);
  const here = new Set<string>();
  for (const [name, about] of items) {
    if (!template.inputs.has(name)) about.fail(`There is no input ${name}.`);
    if (seen.has(name) || here.has(name)) about.doubt(`The input ${name} is in two tabs.`);
    if (!seen.has(name)) here.add(name);
    if (about.value.kind === 'map') options.set(name, readOptions(about));
  }
  return [...here];
}

function itemOf(item: Cursor): [string, Cursor][] {
  return item.value.kind === 'map' ? item.entries() : [[item.text() ?? '', item]];
}

function readOptions(about: Cursor): TabOptions {
  const metadata: Record<string, string> = {};
  let pattern: string | undefined;
  for (const [key, value] of about.entries()) {
    const text = value.value.kind === 'scalar' ? (value.text() ?? '') : '';
    if (key === 'tag_type' && tagTypes[text]) Object.assign(metadata, tagTypes[text]);
    else if (key === 'enabled_by') metadata.enabled_by = text.includes('=') ? text : `${text}=true`;
    else if (key === 'pattern') {
      const problem = patternProblem(text);
      if (problem) value.fail(`The pattern can't be used: ${problem}.`);
      else pattern = text;
    } else
      value.warn(
        key === 'tag_type' ? `The control "${text}" is not known, so that it is a field for text.` : `"${key}" does nothing here.`,
      );
  }
  return { metadata, ...(pattern !== undefined && { pattern }) };
}
