import type { Expression } from './expression';
import type { NodeTemplate, ServiceTemplate } from './template';

/**
 * The node template that a function means: by name, `SELF`, or `HOST` (the group at the end of the chain of hosts).
 * @param node the template in which the function stands; null in outputs
 */
export function entityOf(name: string, template: ServiceTemplate, node: NodeTemplate | null): NodeTemplate | undefined {
  if (name === 'SELF') return node ?? undefined;
  if (name !== 'HOST') return template.nodes.get(name);
  let current: NodeTemplate | undefined = node ?? undefined;
  for (let depth = 0; depth < 16; depth += 1) {
    const host: string | undefined = current?.requirements.find((requirement) => requirement.name === 'host')?.node;
    if (host === undefined) return current === node ? undefined : current;
    current = template.nodes.get(host);
  }
  return undefined;
}

/**
 * What a property of a node template, of one of its capabilities, or of what fulfils one of its requirements was given; `rest` is the way on
 * into its value, `of` the template that it stands in.
 */
export function propertyOf(
  entity: NodeTemplate,
  [first = '', ...rest]: string[],
  nodes: ServiceTemplate['nodes'],
): { value: Expression | undefined; rest: string[]; of: NodeTemplate } {
  const own = entity.properties.get(first);
  if (own) return { value: own, rest, of: entity };
  const [second = '', ...further] = rest;
  const capability = entity.capabilities.get(first)?.get(second);
  const target = capability ? undefined : nodes.get(entity.requirements.find(({ name }) => name === first)?.node ?? '');
  if (!target) return { value: capability, rest: further, of: entity };
  const offered = [target.capabilities.get(first), target.properties, ...target.capabilities.values()];
  return { value: offered.map((each) => each?.get(second)).find((each) => each !== undefined), rest: further, of: target };
}
