import type { Diagnostics } from '@/lib/tosca/cursor';
import { calls } from '@/lib/tosca/expression';
import { operationOrder } from '@/lib/tosca/read-operations';
import type { NodeTemplate, Operation, ServiceTemplate } from '@/lib/tosca/template';
import { readImplementation } from './implementation/implementation';
import type { Imports } from './imports';
import type { Condition, GroupTemplate, PlaybookNeeds, SoftwareTemplate, StepTemplate } from './recipe';

const defaultTimeoutSeconds = 900;
/** a playbook first has Ansible brought to the node, and roles with it */
const playbookTimeoutSeconds = 3600;
const defaultSeconds = 60;
const runOrder: readonly string[] = operationOrder;
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
  'LEAVING',
  'LEAVING_WAY',
  'TRANSAT_FILES',
  'TRANSAT_OUTPUTS',
  'PATH',
  'HOME',
  'IFS',
  'BASH_ENV',
  'LD_PRELOAD',
]);

interface Means {
  conditions: (node: NodeTemplate) => Condition[];
  imports: Imports;
}

/** The software of a recipe with the text of its scripts: of software templates, and what groups themselves run. */
export function readSoftware(
  template: ServiceTemplate,
  groups: GroupTemplate[],
  means: Means,
  diagnostics: Diagnostics,
): SoftwareTemplate[] {
  const groupNames = new Set(groups.map(({ name }) => name));
  const isSoftware = (node: NodeTemplate) =>
    node.operations.length > 0 || (!groupNames.has(node.name) && template.types.isA(node.type, 'tosca.nodes.SoftwareComponent'));
  return [...template.nodes.values()].filter(isSoftware).flatMap((node) => {
    const group = hostGroup(node, template, groupNames);
    if (!group) {
      diagnostics.doubt(node.at, `${node.name}: a requirement \`host\` that leads to a group of nodes is missing.`);
      return [];
    }
    const read = (operations: Operation[]) => operations.flatMap((operation) => readStep(operation, node, means.imports, diagnostics));
    const steps = read(
      node.operations.filter(({ name }) => runOrder.includes(name)).toSorted((a, b) => runOrder.indexOf(a.name) - runOrder.indexOf(b.name)),
    );
    return [
      {
        name: node.name,
        node,
        group,
        after: node.requirements.map((requirement) => requirement.node).filter((name) => !groupNames.has(name)),
        first: String(node.metadata.get('first')) === 'true',
        enabledBy: means.conditions(node),
        ...forLeaving(node, groupNames, diagnostics),
        holds: String(node.metadata.get('holds')) === 'true',
        steps,
        removal: read(node.operations.filter(({ name }) => name === 'delete')),
        seconds: number(node, 'seconds', defaultSeconds, diagnostics),
      },
    ];
  });
}

function forLeaving({ name, at, metadata }: NodeTemplate, groups: Set<string>, diagnostics: Diagnostics): { forLeaving?: string } {
  const group = metadata.get('for_leaving');
  if (group === undefined) return {};
  if (!groups.has(String(group))) diagnostics.add(at, `${name}: metadata.for_leaving names no group.`);
  return { forLeaving: String(group) };
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

function readStep(operation: Operation, node: NodeTemplate, imports: Imports, diagnostics: Diagnostics): StepTemplate[] {
  const found = readImplementation(operation, imports, diagnostics);
  if (!found) return [];
  const isPlaybook = found.kind === 'playbook';
  if (!isPlaybook) checkVariables(operation, node, diagnostics);
  if (isPlaybook) noteUnpinned(node, operation, diagnostics);
  const outputs = [...operation.inputs.values()]
    .flatMap((input) => [...calls(input)])
    .find((call) => call.kind === 'attribute' && call.path[0] === 'outputs');
  if (outputs)
    diagnostics.add(
      outputs.at,
      `${node.name}.${operation.name}: what a step wrote is known only later and can't be a step's input; share a generated secret, or fetch it in the script.`,
    );
  const name = `${node.name}.${operation.name}${operation.of === undefined ? '' : `.${operation.of}`}`;
  const title = node.metadata.get(`title_${operation.name}`) ?? node.metadata.get('title') ?? `${node.name}: ${operation.name}`;
  return [
    {
      name,
      title: String(title),
      script: isPlaybook ? imports.playbookRunner() : found.text,
      ...(isPlaybook && { playbook: { ...playbookNeeds(node), text: found.text } }),
      inputs: operation.inputs,
      timeoutSeconds: operation.timeoutSeconds ?? (isPlaybook ? playbookTimeoutSeconds : defaultTimeoutSeconds),
      attempts: number(node, `attempts_${operation.name}`, number(node, 'attempts', 1, diagnostics), diagnostics),
    },
  ];
}

// A script's inputs become its environment; a playbook's are its variables, which may have any name.
function checkVariables(operation: Operation, node: NodeTemplate, diagnostics: Diagnostics): void {
  for (const name of operation.inputs.keys()) {
    if (!environmentName.test(name))
      diagnostics.add(
        operation.at,
        `${node.name}.${operation.name}: the input ${name} becomes a variable of the script: use capital letters, digits and underscores.`,
      );
    if (reserved.has(name)) diagnostics.add(operation.at, `${node.name}.${operation.name}: ${name} is set by Transat; use another name.`);
  }
}

// What is fetched without a version is another thing tomorrow.
function noteUnpinned(node: NodeTemplate, { at }: Operation, diagnostics: Diagnostics): void {
  const { roles, collections } = playbookNeeds(node);
  const unpinned = [...roles, ...collections].filter((text) => !/,\s*\S/.test(text));
  if (unpinned.length > 0)
    diagnostics.warn(at, `${node.name} fetches ${unpinned.join(', ')} from Ansible Galaxy in whatever version is there that day.`);
}

function playbookNeeds({ artifacts }: NodeTemplate): PlaybookNeeds {
  const named = (type: string) => [
    ...new Set([...artifacts.values()].filter((artifact) => artifact.type.endsWith(type) && artifact.file !== '').map(({ file }) => file)),
  ];
  return { roles: named('AnsibleGalaxy.role'), collections: named('AnsibleGalaxy.collection') };
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
