import type { Diagnostics } from '@/lib/tosca/cursor';
import { calls } from '@/lib/tosca/expression';
import type { NodeTemplate, Operation, ServiceTemplate } from '@/lib/tosca/template';
import type { Condition, GroupTemplate, SoftwareTemplate, StepTemplate } from './recipe';
import { readScript } from './source';

const defaultTimeoutSeconds = 900;
const defaultSeconds = 60;
/** operations that a deployment runs, in this order */
const runOrder = ['create', 'configure', 'start'];
const environmentName = /^[A-Z][A-Z0-9_]{0,63}$/;
/** set by the agent on every node: an input of the same name would be lost or mislead */
const reserved = new Set([
  'NODE_INDEX',
  'NODE_NAME',
  'NODE_GROUP',
  'PRIVATE_ADDRESS',
  'PUBLIC_ADDRESS',
  'SITE',
  'LOGIN_USER',
  'REGISTRY_MIRROR',
  'TRANSAT_FILES',
  'TRANSAT_OUTPUTS',
  'PATH',
  'HOME',
  'IFS',
  'BASH_ENV',
  'LD_PRELOAD',
]);

/** The software of a recipe with the text of its scripts. */
export function readSoftware(
  template: ServiceTemplate,
  groups: GroupTemplate[],
  conditions: (node: NodeTemplate) => Condition[],
  diagnostics: Diagnostics,
): SoftwareTemplate[] {
  const groupNames = new Set(groups.map(({ name }) => name));
  const isSoftware = (node: NodeTemplate) =>
    !groupNames.has(node.name) && (node.operations.length > 0 || template.types.isA(node.type, 'tosca.nodes.SoftwareComponent'));
  return [...template.nodes.values()].filter(isSoftware).flatMap((node) => {
    const group = hostGroup(node, template, groupNames);
    if (!group) {
      diagnostics.add(node.at, `${node.name}: a requirement \`host\` that leads to a group of nodes is missing.`);
      return [];
    }
    const steps = node.operations
      .filter(({ name }) => runOrder.includes(name))
      .toSorted((a, b) => runOrder.indexOf(a.name) - runOrder.indexOf(b.name))
      .flatMap((operation) => readStep(operation, node, diagnostics));
    return [
      {
        name: node.name,
        node,
        group,
        after: node.requirements.map((requirement) => requirement.node).filter((name) => !groupNames.has(name)),
        enabledBy: conditions(node),
        steps,
        seconds: number(node, 'seconds', defaultSeconds, diagnostics),
      },
    ];
  });
}

function hostGroup(node: NodeTemplate, template: ServiceTemplate, groups: Set<string>): string | undefined {
  let current: NodeTemplate | undefined = node;
  // a host may itself be software on a group; readTemplate refused circles
  while (current && !groups.has(current.name)) {
    const host: string | undefined = current.requirements.find(({ name }) => name === 'host')?.node;
    current = host === undefined ? undefined : template.nodes.get(host);
  }
  return current?.name;
}

function readStep(operation: Operation, node: NodeTemplate, diagnostics: Diagnostics): StepTemplate[] {
  for (const name of operation.inputs.keys()) {
    if (!environmentName.test(name))
      diagnostics.add(
        operation.at,
        `${node.name}.${operation.name}: the input ${name} becomes a variable of the script: use capital letters, digits and underscores.`,
      );
    if (reserved.has(name)) diagnostics.add(operation.at, `${node.name}.${operation.name}: ${name} is set by Transat; use another name.`);
  }
  const outputs = [...operation.inputs.values()]
    .flatMap((input) => [...calls(input)])
    .find((call) => call.kind === 'attribute' && call.path[0] === 'outputs');
  if (outputs)
    diagnostics.add(
      outputs.at,
      `${node.name}.${operation.name}: what a step wrote is known only later and can't be a step's input; share a generated secret, or fetch it in the script.`,
    );
  const script = readScript(operation.script, operation.scriptAt, diagnostics);
  if (script === undefined) return [];
  const title = node.metadata.get(`title_${operation.name}`) ?? node.metadata.get('title') ?? `${node.name}: ${operation.name}`;
  return [
    {
      name: `${node.name}.${operation.name}`,
      title: String(title),
      script,
      inputs: operation.inputs,
      timeoutSeconds: operation.timeoutSeconds ?? defaultTimeoutSeconds,
      attempts: number(node, `attempts_${operation.name}`, number(node, 'attempts', 1, diagnostics), diagnostics),
    },
  ];
}

// Metadata is text in TOSCA, so that numbers may come in quotes.
function number(node: NodeTemplate, key: string, otherwise: number, diagnostics: Diagnostics): number {
  const given = node.metadata.get(key);
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (Number.isSafeInteger(value) && value > 0 && value <= 7200) return value;
  diagnostics.add(node.at, `${node.name}: metadata.${key} must be a whole number from 1 to 7200.`);
  return otherwise;
}
