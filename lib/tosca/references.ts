import type { Diagnostics } from './cursor';
import { calls, type Expression } from './expression';
import type { Position } from './located';
import type { NodeTemplate, ServiceTemplate } from './template';

/** Checks that everything a template names is there: inputs, node templates, their properties and attributes. */
export function checkReferences(template: ServiceTemplate, diagnostics: Diagnostics): void {
  for (const node of template.nodes.values()) {
    for (const { node: target, name, at } of node.requirements)
      if (!template.nodes.has(target))
        diagnostics.add(at, `${node.name}: the requirement ${name} names ${target}, and there is no such node template.`);
    for (const expression of expressionsOf(node)) check(expression, template, node, diagnostics);
  }
  for (const output of template.outputs.values()) check(output.value, template, null, diagnostics);
  for (const policy of template.policies)
    for (const target of policy.targets)
      if (!template.nodes.has(target)) diagnostics.add(policy.at, `policies.${policy.name}: there is no node template ${target}.`);
  checkCircles(template, diagnostics);
}

function expressionsOf(node: NodeTemplate): Expression[] {
  return [
    ...node.properties.values(),
    ...[...node.capabilities.values()].flatMap((properties) => [...properties.values()]),
    ...node.requirements.flatMap((requirement) => [...requirement.properties.values()]),
    ...node.operations.flatMap((operation) => [...operation.inputs.values()]),
  ];
}

function check(expression: Expression, template: ServiceTemplate, node: NodeTemplate | null, diagnostics: Diagnostics): void {
  for (const call of calls(expression)) {
    if ((call.kind === 'input' || call.kind === 'secret') && !template.inputs.has(call.name))
      diagnostics.add(call.at, `There is no input ${call.name}.`);
    if (call.kind === 'property' || call.kind === 'attribute') {
      const entity = entityOf(call.entity, template, node);
      if (!entity) diagnostics.add(call.at, noEntity(call.entity, node));
      else if (call.kind === 'property') checkProperty(call.path, entity, template, call.at, diagnostics);
      else checkAttribute(call.path, entity, template, call.at, diagnostics);
    }
  }
}

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

function noEntity(name: string, node: NodeTemplate | null): string {
  if (name === 'SELF' || name === 'HOST')
    return node ? `${node.name} has no host.` : `${name} means nothing in an output; name the node template.`;
  return `There is no node template ${name}.`;
}

function checkProperty(path: string[], entity: NodeTemplate, template: ServiceTemplate, at: Position, diagnostics: Diagnostics): void {
  const type = template.types.resolve(entity.type);
  const [first = '', second = ''] = path;
  const capability = type.capabilities.get(first);
  if (type.properties.has(first)) return;
  if (capability && template.types.resolve(capability).properties.has(second)) return;
  diagnostics.add(at, `${entity.name} has no property ${path.join('.')}.`);
}

function checkAttribute(path: string[], entity: NodeTemplate, template: ServiceTemplate, at: Position, diagnostics: Diagnostics): void {
  const known = template.types.resolve(entity.type).attributes;
  if (!known.has(path[0] ?? '')) diagnostics.add(at, `${entity.name} has no attribute ${path[0]}; it has ${[...known].join(', ')}.`);
}

// Steps run in the order of requirements, which a circle has not.
function checkCircles(template: ServiceTemplate, diagnostics: Diagnostics): void {
  const done = new Set<string>();
  const visit = (name: string, open: string[]): void => {
    const node = template.nodes.get(name);
    if (!node || done.has(name)) return;
    if (open.includes(name)) {
      diagnostics.add(node.at, `${[...open.slice(open.indexOf(name)), name].join(' → ')}: these require each other in a circle.`);
      done.add(name);
      return;
    }
    for (const requirement of node.requirements) visit(requirement.node, [...open, name]);
    done.add(name);
  };
  for (const name of template.nodes.keys()) visit(name, []);
}
