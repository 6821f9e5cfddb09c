import type { Expression } from './expression';
import type { NodeTemplate, Requirement } from './template';

/**
 * Gives each end of a relationship the operations that it runs there (`…_source`, `…_target`), with SOURCE, TARGET and, where the
 * relationship itself is meant, SELF already followed: from then on they are operations like any other.
 */
export function bindRelationships(nodes: Map<string, NodeTemplate>): void {
  for (const source of nodes.values())
    for (const requirement of source.requirements)
      for (const operation of requirement.operations) {
        const end = operation.name.endsWith('_target') ? nodes.get(requirement.node) : source;
        const inputs = [...operation.inputs].map(([name, value]) => [name, bound(value, source.name, requirement)] as const);
        // two disks of one machine may bring the same operation: each is a step of its own
        end?.operations.push({ ...operation, of: requirement.node, inputs: new Map(inputs) });
      }
}

function bound(expression: Expression, source: string, requirement: Requirement): Expression {
  const inner = (each: Expression) => bound(each, source, requirement);
  switch (expression.kind) {
    case 'list':
      return { ...expression, items: expression.items.map(inner) };
    case 'map':
      return { ...expression, entries: new Map([...expression.entries].map(([key, value]) => [key, inner(value)])) };
    case 'concat':
      return { ...expression, parts: expression.parts.map(inner) };
    case 'join':
      return { ...expression, list: inner(expression.list), separator: inner(expression.separator) };
    case 'token':
      return { ...expression, text: inner(expression.text), separator: inner(expression.separator), index: inner(expression.index) };
    case 'property':
    case 'attribute':
      return named(expression, source, requirement);
    default:
      return expression;
  }
}

function named(expression: Expression & { kind: 'property' | 'attribute' }, source: string, requirement: Requirement): Expression {
  if (expression.entity === 'SOURCE') return { ...expression, entity: source };
  if (expression.entity === 'TARGET') return { ...expression, entity: requirement.node };
  const own =
    expression.entity === 'SELF' && expression.kind === 'property' ? requirement.properties.get(expression.path[0] ?? '') : undefined;
  return own ? bound(own, source, requirement) : expression;
}
