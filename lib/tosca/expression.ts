import { Cursor, type Diagnostics, type YamlValue } from './cursor';
import type { Located, Position } from './located';

/** A value of a template in which functions may stand anywhere. */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null; at: Position }
  | { kind: 'list'; items: Expression[]; at: Position }
  | { kind: 'map'; entries: Map<string, Expression>; at: Position }
  | { kind: 'input'; name: string; path: string[]; at: Position }
  | { kind: 'secret'; name: string; part?: string; at: Position }
  | { kind: 'property'; entity: string; path: string[]; at: Position }
  | { kind: 'attribute'; entity: string; path: string[]; at: Position }
  | { kind: 'concat'; parts: Expression[]; at: Position }
  | { kind: 'join'; list: Expression; separator: Expression; at: Position }
  | { kind: 'token'; text: Expression; separator: Expression; index: Expression; at: Position };

const functions = ['get_input', 'get_secret', 'get_property', 'get_attribute', 'concat', 'join', 'token'] as const;
type FunctionName = (typeof functions)[number];
// Functions of the standard that the dialect has no use for: as plain maps they would end up in somebody's script.
const unsupported = new Set(['get_artifact', 'get_nodes_of_type', 'get_operation_output']);

/**
 * Reads a value with TOSCA's functions (Simple Profile 1.3, chapter 4) and `get_secret` of our dialect.
 * @param what how messages call the value
 */
export function readExpression(value: Located, what: string, diagnostics: Diagnostics): Expression {
  const { at } = value;
  if (value.kind === 'scalar') return { kind: 'literal', value: value.value, at };
  if (value.kind === 'list') return { kind: 'list', items: value.items.map((item) => readExpression(item, what, diagnostics)), at };
  const [first] = value.entries;
  if (value.entries.size === 1 && first) {
    const [key, argument] = first;
    const name = functions.find((known) => known === key);
    if (name) return call(name, argument, at, what, diagnostics);
    if (unsupported.has(key)) diagnostics.add(at, `${what}: the function ${key} is not supported.`);
  }
  const entries = [...value.entries].map(([key, entry]): [string, Expression] => [
    key,
    readExpression(entry, `${what}.${key}`, diagnostics),
  ]);
  return { kind: 'map', entries: new Map(entries), at };
}

function call(name: FunctionName, argument: Located, at: Position, what: string, diagnostics: Diagnostics): Expression {
  const bad = (message: string): Expression => {
    diagnostics.add(at, `${what}: ${message}`);
    return { kind: 'literal', value: null, at };
  };
  const expressions = () => (argument.kind === 'list' ? argument.items.map((item) => readExpression(item, what, diagnostics)) : []);
  switch (name) {
    case 'get_input':
    case 'get_secret': {
      const [input, ...path] = names(argument, what, diagnostics);
      if (input === undefined) return bad(`${name} needs the name of an input.`);
      return name === 'get_input' ? { kind: 'input', name: input, path, at } : { kind: 'secret', name: input, part: path[0], at };
    }
    case 'get_property':
    case 'get_attribute': {
      const [entity, ...path] = names(argument, what, diagnostics);
      if (entity === undefined || path.length === 0) return bad(`${name} needs a list: the node template and the name.`);
      return { kind: name === 'get_property' ? 'property' : 'attribute', entity, path, at };
    }
    case 'concat':
      return argument.kind === 'list' ? { kind: 'concat', parts: expressions(), at } : bad('concat needs a list of what is put together.');
    case 'join': {
      const [list, separator] = expressions();
      if (!list) return bad('join needs a list: the list to join and the separator.');
      return { kind: 'join', list, separator: separator ?? { kind: 'literal', value: '', at }, at };
    }
    case 'token': {
      const [text, separator, index] = expressions();
      if (!text || !separator || !index) return bad('token needs a list of three: the text, the separator, the index from 0.');
      return { kind: 'token', text, separator, index, at };
    }
  }
}

// `get_input: name` and `get_input: [name, part]` both occur.
function names(argument: Located, what: string, diagnostics: Diagnostics): string[] {
  const cursors = argument.kind === 'list' ? argument.items : [argument];
  return cursors.map((item) => new Cursor(item, what, diagnostics).text()).filter((text) => text !== undefined);
}

/** All function calls in an expression, outermost first, so that what they name can be checked. */
export function* calls(expression: Expression): Generator<Exclude<Expression, { kind: 'literal' | 'list' | 'map' }>> {
  switch (expression.kind) {
    case 'literal':
      return;
    case 'list':
      for (const item of expression.items) yield* calls(item);
      return;
    case 'map':
      for (const entry of expression.entries.values()) yield* calls(entry);
      return;
    default:
      yield expression;
  }
  for (const part of partsOf(expression)) yield* calls(part);
}

function partsOf(expression: Expression): Expression[] {
  if (expression.kind === 'concat') return expression.parts;
  if (expression.kind === 'join') return [expression.list, expression.separator];
  return expression.kind === 'token' ? [expression.text, expression.separator, expression.index] : [];
}

/** The value of an expression that holds no function; undefined where it holds one. */
export function literalOf(expression: Expression): YamlValue | undefined {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind === 'list') {
    const items = expression.items.map(literalOf);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (expression.kind !== 'map') return undefined;
  const entries = [...expression.entries].map(([key, entry]) => [key, literalOf(entry)] as const);
  return entries.every(([, entry]) => entry !== undefined)
    ? Object.fromEntries(entries.map(([key, entry]) => [key, entry ?? null]))
    : undefined;
}
