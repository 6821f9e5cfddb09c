import type { Diagnostics } from './cursor';
import { entityOf, propertyOf } from './entities';
import { calls, type Expression } from './expression';
import type { NodeTemplate, ServiceTemplate } from './template';

/** Finds what has no beginning: node templates that require each other, properties that are defined by each other. */
export function checkCircles(template: ServiceTemplate, diagnostics: Diagnostics): void {
  const required = (name: string) => template.nodes.get(name)?.requirements.map(({ node }) => node) ?? [];
  for (const circle of circles(template.nodes.keys(), required)) {
    const at = template.nodes.get(circle[0] ?? '')?.at ?? template.at;
    diagnostics.add(at, `${circle.join(' → ')}: these require each other in a circle.`);
  }
  const properties = propertiesOf(template);
  const named = (property: Property) => namedBy(property, properties, template);
  for (const circle of circles(properties.values(), named))
    diagnostics.add(
      circle[0]?.expression.at ?? template.at,
      `${circle.map(({ name }) => name).join(' → ')}: these are defined by each other.`,
    );
}

interface Property {
  name: string;
  node: NodeTemplate;
  expression: Expression;
}

function propertiesOf({ nodes }: ServiceTemplate): Map<Expression, Property> {
  const all = [...nodes.values()].flatMap((node) => [
    ...[...node.properties].map(([name, expression]) => ({ name: `${node.name}.${name}`, node, expression })),
    ...[...node.capabilities].flatMap(([capability, properties]) =>
      [...properties].map(([name, expression]) => ({ name: `${node.name}.${capability}.${name}`, node, expression })),
    ),
  ]);
  return new Map(all.map((property) => [property.expression, property]));
}

function namedBy({ node, expression }: Property, properties: Map<Expression, Property>, template: ServiceTemplate): Property[] {
  return [...calls(expression)].flatMap((call) => {
    const entity = call.kind === 'property' ? entityOf(call.entity, template, node) : undefined;
    const value = entity && call.kind === 'property' ? propertyOf(entity, call.path, template.nodes).value : undefined;
    return (value && properties.get(value)) ?? [];
  });
}

/** Each circle once, beginning and ending with the same. Goes every way once. */
function circles<T>(all: Iterable<T>, next: (item: T) => T[]): T[][] {
  const found: T[][] = [];
  const done = new Set<T>();
  const open = new Set<T>();
  const visit = (item: T): void => {
    if (done.has(item)) return;
    if (open.has(item)) {
      const way = [...open];
      found.push([...way.slice(way.indexOf(item)), item]);
      return;
    }
    open.add(item);
    for (const other of next(item)) visit(other);
    open.delete(item);
    done.add(item);
  };
  for (const item of all) visit(item);
  return found;
}
