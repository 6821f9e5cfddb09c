import { type Constraint, effects, type FormInput, type Generated, type InputType } from '@/lib/inputs/types';
import type { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { InputDefinition, ServiceTemplate } from '@/lib/tosca/template';
import { parseCondition } from './conditions';
import { readTabs, type TabOptions } from './tabs';

const generatedKinds: Generated[] = ['password', 'token', 'munge', 'ssh-key', 'kubeadm-token', 'certificate-key', 'ca'];
const widgets: FormInput['widget'][] = ['text', 'number', 'toggle', 'select', 'size', 'password', 'list', 'cidr', 'ports'];
const inputKeys = ['label', 'widget', 'generated', 'secret', 'enabled_by', 'unless', 'because', 'multiline', 'effect', 'fixed'];
/** The tab of inputs that no tab names. */
const otherTab = 'Advanced';

/** The questions of a recipe's form, in the order of the tabs. */
export function readForm(
  template: ServiceTemplate,
  metadata: Cursor | undefined,
  diagnostics: Diagnostics,
): { tabs: string[]; inputs: FormInput[] } {
  const { tabs, options } = readTabs(template, metadata?.get('tabs'));
  const about = metadata?.get('inputs');
  for (const [name, cursor] of about?.entries() ?? []) {
    if (!template.inputs.has(name)) cursor.fail('There is no such input.');
    cursor.onlyKeys(inputKeys);
  }
  const order = new Map([...tabs.values()].flat().map((name, index) => [name, index]));
  const tabOf = new Map([...tabs].flatMap(([tab, names]) => names.map((name) => [name, tab])));
  const inputs = [...template.inputs.values()]
    .map((input) =>
      readInput(
        input,
        { about: about?.get(input.name), options: options.get(input.name) },
        tabOf.get(input.name) ?? otherTab,
        template,
        diagnostics,
      ),
    )
    .toSorted((a, b) => (order.get(a.name) ?? order.size) - (order.get(b.name) ?? order.size));
  checkSwitches(inputs, template, diagnostics);
  const names = [...tabs.keys()];
  return { tabs: inputs.some((input) => input.tab === otherTab) && !names.includes(otherTab) ? [...names, otherTab] : names, inputs };
}

// An input that is asked only while another has a value, which is asked only while the first has one, is never asked.
function checkSwitches(inputs: FormInput[], template: ServiceTemplate, diagnostics: Diagnostics): void {
  const switcher = new Map(inputs.map(({ name, enabledBy }) => [name, enabledBy?.input]));
  const done = new Set<string>();
  for (const { name } of inputs) {
    const way: string[] = [];
    for (let at: string | undefined = name; at !== undefined && !done.has(at); at = switcher.get(at)) {
      if (way.includes(at)) {
        const place = template.inputs.get(at)?.at ?? template.at;
        diagnostics.add(place, `${[...way.slice(way.indexOf(at)), at].join(' → ')}: these are asked only while the others are.`);
        break;
      }
      way.push(at);
    }
    for (const each of way) done.add(each);
  }
}

function readInput(
  definition: InputDefinition,
  { about, options }: { about: Cursor | undefined; options: TabOptions | undefined },
  tab: string,
  template: ServiceTemplate,
  diagnostics: Diagnostics,
): FormInput {
  const { name, schema, metadata } = definition;
  const get = (key: string): unknown => about?.get(key)?.plain() ?? metadata.get(key) ?? options?.metadata[key];
  const fail = (message: string, key?: string) => (key && about?.get(key) ? about.get(key)?.fail(message) : note(message));
  const note = (message: string) => diagnostics.add(definition.at, `inputs.${name}: ${message}`);
  // readTemplate let only these types pass
  const type = schema.type as InputType;
  const generated = oneOf(generatedKinds, get('generated'), (text) =>
    fail(`"${text}" can't be generated; there are ${generatedKinds.join(', ')}.`, 'generated'),
  );
  const widget = oneOf(widgets, get('widget'), (text) => fail(`There is no widget "${text}"; there are ${widgets.join(', ')}.`, 'widget'));
  const hasDefault = definition.default !== undefined && definition.default !== '';
  const effect = oneOf(effects, get('effect'), (text) => fail(`There is no effect "${text}"; there are ${effects.join(', ')}.`, 'effect'));
  const secret = generated !== undefined || isTrue(get('secret'));
  const conditionOf = (key: string) => {
    const condition = get(key) === undefined ? undefined : parseCondition(String(get(key)), template.inputs);
    if (typeof condition === 'string') fail(condition, key);
    return typeof condition === 'string' ? undefined : condition;
  };
  const [enabledBy, unless, because] = [conditionOf('enabled_by'), conditionOf('unless'), get('because')];
  if ((get('unless') === undefined) !== (because === undefined)) fail('`unless` needs `because`, and that the other.', 'unless');
  if (secret && type !== 'string') note('What is generated or secret has the type string.');
  if (hasDefault && (secret || looksSecret(definition)))
    note('A secret never has a default; say `generated` in metadata.inputs and `default: ""`.');
  return {
    name,
    type,
    label: String(get('label') ?? labelOf(name)),
    ...(definition.description && { help: definition.description }),
    ...(definition.default !== undefined && !secret && { default: definition.default }),
    required: definition.required && definition.default === undefined && generated === undefined,
    constraints: [
      ...schema.constraints.map(({ keyword, operand }): Constraint => ({ [keyword]: operand })),
      ...(options?.pattern === undefined ? [] : [{ pattern: options.pattern }]),
    ],
    widget:
      widget ??
      defaultWidget(
        type,
        secret,
        schema.constraints.some(({ keyword }) => keyword === 'valid_values'),
      ),
    ...(enabledBy && { enabledBy }),
    ...(unless && because !== undefined && { unless: { ...unless, because: String(because).trim() } }),
    ...(generated && { generated }),
    secret,
    ...(isTrue(get('multiline')) && { multiline: true }),
    ...(schema.entry && {
      entry: {
        type: schema.entry.type,
        constraints: schema.entry.constraints.map(({ keyword, operand }): Constraint => ({ [keyword]: operand })),
      },
    }),
    tab,
    ...(effect && { effect }),
    ...(isTrue(get('fixed')) && { fixed: true }),
  };
}

function oneOf<T extends string>(known: readonly T[], value: unknown, otherwise: (text: string) => void): T | undefined {
  if (value === undefined) return undefined;
  const found = known.find((item) => item === value);
  if (found === undefined) otherwise(String(value));
  return found;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function looksSecret({ name, schema }: InputDefinition): boolean {
  return schema.type === 'string' && /(?:^|_)(?:password|passwd|secret|token)$/.test(name);
}

function labelOf(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function defaultWidget(type: InputType, secret: boolean, choices: boolean): FormInput['widget'] {
  if (secret) return 'password';
  if (choices) return 'select';
  if (type === 'boolean') return 'toggle';
  if (type === 'integer' || type === 'float') return 'number';
  if (type === 'scalar-unit.size') return 'size';
  return type === 'list' || type === 'map' ? 'list' : 'text';
}
