import { entityOf, propertyOf } from './entities';
import type { Expression } from './expression';
import type { Position } from './located';

import type { NodeTemplate, ServiceTemplate } from './template';

/** A value that is known only later, such as an address; `R` says how it is written down. */
export class Pending<R> {
  readonly reference: R;

  constructor(reference: R) {
    this.reference = reference;
  }
}

/** What an expression is worth: plain values with pending ones among them. */
export type Evaluated<R> = string | number | boolean | null | Pending<R> | Evaluated<R>[] | Map<string, Evaluated<R>>;

/** What an expression can't tell by itself. */
export interface EvaluationContext<R> {
  template: ServiceTemplate;
  /** the node template in which the expression stands; null in outputs */
  node: NodeTemplate | null;
  input(name: string, path: string[]): Evaluated<R>;
  secret(name: string, part: string | undefined): Evaluated<R>;
  attribute(entity: NodeTemplate, path: string[], expression: { entity: string; at: Position }): Evaluated<R>;
  /** text put together from parts of which at least one is pending */
  join(parts: (string | R)[], separator: string): R;
}

/** An expression makes no sense with these inputs; the place is in the recipe. */
export class EvaluationError extends Error {
  readonly at: Position;

  constructor(at: Position, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Works an expression out.
 * @throws EvaluationError
 */
export function evaluate<R>(expression: Expression, context: EvaluationContext<R>): Evaluated<R> {
  return work(expression, { ...context, open: new Set(), count: { steps: 0 } });
}

/** What one evaluation keeps in mind, so that it ends. */
interface Working<R> extends EvaluationContext<R> {
  /** properties that are being worked out: one that comes again is a circle */
  open: Set<Expression>;
  count: { steps: number };
}

/** Functions within functions of one value: properties that each name another twice double with every step. */
const mostSteps = 20_000;
const longestText = 1_000_000;

function work<R>(expression: Expression, context: Working<R>): Evaluated<R> {
  context.count.steps += 1;
  if (context.count.steps > mostSteps) throw new EvaluationError(expression.at, `This takes more than ${mostSteps} steps to work out.`);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return expression.items.map((item) => work(item, context));
    case 'map':
      return new Map([...expression.entries].map(([key, entry]) => [key, work(entry, context)]));
    case 'input':
      return context.input(expression.name, expression.path);
    case 'secret':
      return context.secret(expression.name, expression.part);
    case 'attribute': {
      const entity = entityOf(expression.entity, context.template, context.node);
      if (!entity) throw new EvaluationError(expression.at, `There is no node template ${expression.entity}.`);
      return context.attribute(entity, expression.path, expression);
    }
    case 'property':
      return property(expression, context);
    case 'concat':
      return together(
        expression.parts.map((part) => work(part, context)),
        '',
        expression.at,
        context,
      );
    case 'join': {
      const list = work(expression.list, context);
      return together(Array.isArray(list) ? list : [list], plainText(expression.separator, context), expression.at, context);
    }
    case 'token': {
      const parts = plainText(expression.text, context).split(plainText(expression.separator, context));
      return parts[Number(plainText(expression.index, context))] ?? '';
    }
  }
}

/**
 * A value as text, as scripts and outputs get it: a list has one element a line, a map is JSON, nothing is empty.
 * @returns text, or the pending reference
 */
export function textOf<R>(value: Evaluated<R>, join: (parts: (string | R)[], separator: string) => R): string | Pending<R> {
  if (value === null) return '';
  if (value instanceof Pending || typeof value === 'string') return value;
  if (Array.isArray(value)) return joined(value, '\n', join);
  if (value instanceof Map) return JSON.stringify(plainOf(value));
  return String(value);
}

/** A value as plain data; what is pending is absent (null). */
export function plainOf<R>(value: Evaluated<R>): unknown {
  if (value instanceof Pending) return null;
  if (Array.isArray(value)) return value.map(plainOf);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, plainOf(entry)]));
  return value;
}

/** Plain data (an input's value) as an evaluated value. */
export function evaluatedOf<R>(value: unknown): Evaluated<R> {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => evaluatedOf(item));
  return new Map(Object.entries(value).map(([key, entry]) => [key, evaluatedOf(entry)]));
}

/** An element of a value: the key of a map, the index (from 0) of a list. */
export function elementOf<R>(value: Evaluated<R>, path: string[], at: Position): Evaluated<R> {
  let current = value;
  for (const key of path) {
    const next = current instanceof Map ? current.get(key) : Array.isArray(current) ? current[Number(key)] : undefined;
    if (next === undefined) throw new EvaluationError(at, `There is no element ${key}.`);
    current = next;
  }
  return current;
}

function property<R>(expression: Expression & { kind: 'property' }, context: Working<R>): Evaluated<R> {
  const entity = entityOf(expression.entity, context.template, context.node);
  if (!entity) throw new EvaluationError(expression.at, `There is no node template ${expression.entity}.`);
  const { value, rest, of } = propertyOf(entity, expression.path, context.template.nodes);
  if (!value) return null;
  if (context.open.has(value))
    throw new EvaluationError(expression.at, `${entity.name}.${expression.path.join('.')} is defined by itself.`);
  context.open.add(value);
  const found = work(value, { ...context, node: of });
  context.open.delete(value);
  return elementOf(found, rest, expression.at);
}

function together<R>(values: Evaluated<R>[], separator: string, at: Position, context: Working<R>): Evaluated<R> {
  // told before it is put together: texts that name each other twice double with every step
  const lengths = values.map((value) => (typeof value === 'string' ? value.length + separator.length : 0));
  if (lengths.reduce((sum, length) => sum + length, 0) > longestText)
    throw new EvaluationError(at, `This text is longer than ${longestText} characters.`);
  return joined(values, separator, context.join);
}

function joined<R>(values: Evaluated<R>[], separator: string, join: (parts: (string | R)[], separator: string) => R): string | Pending<R> {
  const parts = values.map((value) => textOf(value, join));
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length === parts.length) return texts.join(separator);
  return new Pending(
    join(
      parts.map((part) => (part instanceof Pending ? part.reference : part)),
      separator,
    ),
  );
}

function plainText<R>(expression: Expression, context: Working<R>): string {
  const text = textOf(work(expression, context), context.join);
  if (text instanceof Pending)
    throw new EvaluationError(expression.at, 'This must be known when the deployment is planned; addresses and secrets are not.');
  return text;
}
