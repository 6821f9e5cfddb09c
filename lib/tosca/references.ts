import { checkCircles } from './circles';
import type { Diagnostics } from './cursor';
import { entityOf } from './entities';
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
  // the name of a requirement leads to what fulfils it
  const target = template.nodes.get(entity.requirements.find(({ name }) => name === first)?.node ?? '');
  if (target && target !== entity && second !== '') checkFulfilled(path, target, template, at, diagnostics);
  else diagnostics.add(at, `${entity.name} has no property ${path.join('.')}.`);
}

function checkFulfilled(
  [name = '', ...rest]: string[],
  target: NodeTemplate,
  template: ServiceTemplate,
  at: Position,
  diagnostics: Diagnostics,
): void {
  const type = template.types.resolve(target.type);
  const [first = ''] = rest;
  const known = [...type.capabilities.values()].some((capability) => template.types.resolve(capability).properties.has(first));
  if (!known && !type.properties.has(first))
    diagnostics.add(at, `${target.name}, which is the ${name}, has no property ${rest.join('.')}.`);
}

function checkAttribute(path: string[], entity: NodeTemplate, template: ServiceTemplate, at: Position, diagnostics: Diagnostics): void {
  const { attributes: known, capabilities } = template.types.resolve(entity.type);
  if (!known.has(path[0] ?? '') && !capabilities.has(path[0] ?? ''))
    diagnostics.add(at, `${entity.name} has no attribute ${path[0]}; it has ${[...known].join(', ')}.`);
}
