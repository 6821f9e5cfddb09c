import {
  type Evaluated,
  type EvaluationContext,
  EvaluationError,
  elementOf,
  evaluate,
  evaluatedOf,
  Pending,
  textOf,
} from '@/lib/tosca/evaluate';
import type { Expression } from '@/lib/tosca/expression';
import type { Position } from '@/lib/tosca/located';
import type { NodeTemplate } from '@/lib/tosca/template';
import { type Draft, type DraftNode, publicAddress } from './draft';
import { slug } from './names';
import { taskOutput } from './outputs-of-tasks';
import { problem } from './problems';
import type { Value } from './types';

/**
 * An expression as a value: text where all is known, references where addresses, secrets or a step's outputs occur.
 * @param template the node template in which it stands; null in outputs
 * @param node the node whose step it is for; absent in outputs
 */
export function toValue(draft: Draft, expression: Expression, template: NodeTemplate | null, node?: DraftNode): Value {
  try {
    const text = textOf<Value>(evaluate(expression, contextOf(draft, template, node)), join);
    return text instanceof Pending ? text.reference : text;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    draft.problems.push(
      problem('recipe-invalid', `${error.message} (recipe, line ${error.at.line})`, { remedy: 'Tell whoever looks after this recipe.' }),
    );
    return '';
  }
}

/** An expression as lists, maps and plain values, with references among them. Same arguments as {@link toValue}. */
export function structureOf(draft: Draft, expression: Expression, template: NodeTemplate | null, node?: DraftNode): Evaluated<Value> {
  try {
    return evaluate(expression, contextOf(draft, template, node));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    draft.problems.push(
      problem('recipe-invalid', `${error.message} (recipe, line ${error.at.line})`, { remedy: 'Tell whoever looks after this recipe.' }),
    );
    return null;
  }
}

/** All references in a value. */
export function* references(value: Value): Generator<Exclude<Value, string | { concat: Value[] } | { join: Value[] }>> {
  if (typeof value === 'string') return;
  if ('concat' in value) for (const part of value.concat) yield* references(part);
  else if ('join' in value) for (const part of value.join) yield* references(part);
  else yield value;
}

function join(parts: (string | Value)[], separator: string): Value {
  return separator === '' ? { concat: parts } : { join: parts, separator };
}

function contextOf(draft: Draft, template: NodeTemplate | null, node: DraftNode | undefined): EvaluationContext<Value> {
  return {
    template: draft.input.recipe.template,
    node: template,
    input: (name, path) =>
      draft.secrets.has(name) ? secret(name, path[0]) : elementOf(evaluatedOf<Value>(draft.values[name]), path, noPlace),
    secret: (name, part) => (draft.secrets.has(name) ? secret(name, part) : evaluatedOf(draft.values[name])),
    attribute: (entity, path, expression) => attribute(draft, entity, path, expression, node),
    join,
  };
}

function noteUnreachable(draft: Draft, { group }: DraftNode, from: DraftNode | undefined): void {
  const there = group.place.site.name;
  const said = problem(
    'invalid-input',
    `${group.template.label} at ${there} has no public address, and is needed at ${from?.group.place.site.name}.`,
    {
      field: `placement.${group.template.name}.site`,
      remedy: 'Place both at one site, or tell whoever looks after this recipe.',
    },
  );
  if (!draft.problems.some(({ detail }) => detail === said.detail)) draft.problems.push(said);
}

const noPlace: Position = { file: '', line: 1, column: 1 };

function secret(name: string, part: string | undefined): Pending<Value> {
  return new Pending(part === undefined ? { secret: name } : { secret: name, part });
}

function attribute(
  draft: Draft,
  entity: NodeTemplate,
  [name = '', ...rest]: string[],
  { entity: called, at }: { entity: string; at: Position },
  node: DraftNode | undefined,
): Evaluated<Value> {
  const software = draft.input.recipe.software.find((item) => item.name === entity.name);
  // machines of the Infrastructure Manager's dialect run steps themselves: their attributes are a machine's
  if (software && software.group !== entity.name) {
    const first = draft.groups.find(({ template }) => template.name === software.group)?.nodes[0];
    const isOn = first !== undefined && rest[0] !== undefined && name === 'outputs';
    return isOn ? new Pending<Value>({ stepOutput: rest[0] ?? '', node: first.key }) : '';
  }
  const group = draft.groups.find(({ template }) => template.name === entity.name);
  const nodes = group?.nodes ?? [];
  if (name === 'count') return nodes.length;
  if (name === 'group') return entity.name;
  if (name === 'ansible_output')
    return nodes[0] ? new Pending<Value>({ stepOutput: taskOutput(rest[0] ?? '', rest[2] ?? ''), node: nodes[0].key }) : '';
  const read = (each: DraftNode): Evaluated<Value> => {
    if (name === 'hostname') return each.hostname;
    if (name === 'endpoint') return signIn(each);
    if (name === 'tosca_name') return each.hostname;
    if (name === 'tosca_id') return each.key;
    const isElsewhere = node !== undefined && node.group.place !== each.group.place;
    if (name === 'private_address' && !isElsewhere) return new Pending<Value>({ address: 'private', node: each.key });
    if (name !== 'public_address' && name !== 'private_address')
      throw new EvaluationError(at, `${slug(entity.name)} has no attribute ${name}.`);
    const value = publicAddress(each);
    // private addresses lead nowhere beyond their site
    if (value === '' && name === 'private_address') noteUnreachable(draft, each, node);
    return typeof value === 'string' ? value : new Pending<Value>(value);
  };
  if (node && (called === 'HOST' || called === 'SELF')) return read(node);
  const index = name === 'endpoint' ? (rest[1] ?? '0') : rest[0];
  if (index === undefined) return nodes.map(read);
  const chosen = nodes[Number(index)];
  // a group may have fewer nodes than the recipe's author thought of, even none
  return chosen ? read(chosen) : '';
}

// The credential of a machine's endpoint is how one signs in: everybody has an SSH key of their own, so that none is shown.
function signIn(node: DraftNode): Evaluated<Value> {
  const address = publicAddress(node);
  const host: Value = typeof address === 'string' ? { address: 'private', node: node.key } : address;
  return new Pending<Value>({ concat: [`ssh ${node.group.image.loginUser}@`, host] });
}
