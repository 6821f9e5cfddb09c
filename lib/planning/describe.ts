import type { Plan, PlannedNode, PlannedResource, SecurityRule, StepPlan, Value } from './types';

/**
 * A plan as text that a person can read and compare: what is made, where, in which order, and what runs on each node.
 * Scripts are named, not shown.
 */
export function describePlan(plan: Plan): string {
  const { totals } = plan;
  const lines = [
    `${plan.recipe.name} ${plan.recipe.version}${plan.recipe.addOns.map((name) => ` + ${name}`).join('')}`,
    `${totals.nodes} nodes, ${totals.vcpus} CPUs, ${totals.ramMiB} MiB, ${totals.diskGiB} GiB disk, ${totals.volumes} volumes (${totals.volumeGiB} GiB), ` +
      `${totals.floatingIps} floating IPs, ${totals.networks} networks, ${totals.subnets ?? 0} subnets, ${totals.routers} routers, ${totals.ports} ports, ` +
      `${totals.securityGroups} security groups (${totals.securityGroupRules ?? 0} rules), about ${totals.seconds} s`,
    '',
    'Resources',
    ...plan.resources.flatMap(describeResource),
    '',
    'Nodes',
    ...plan.nodes.flatMap(describeNode),
    '',
    'Outputs',
    ...plan.outputs.map((output) => `  ${output.name} (${output.kind}${output.secret ? ', secret' : ''}): ${describeValue(output.value)}`),
    '',
    'Secrets',
    ...plan.secrets.map(({ name, generate, given }) => `  ${name}: ${given ? 'given' : generate}`),
    ...(plan.problems.length > 0 ? ['', 'Problems'] : []),
    ...plan.problems.map(
      ({ severity, field, detail, remedy }) => `  ${severity}${field ? ` ${field}` : ''}: ${detail}${remedy ? ` ${remedy}` : ''}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function describeResource(resource: PlannedResource): string[] {
  const after = resource.dependsOn.length > 0 ? ` (after ${resource.dependsOn.join(', ')})` : '';
  return [`  ${resource.key} @${resource.site}: ${resource.summary}${after}`, ...details(resource)];
}

function details({ spec }: PlannedResource): string[] {
  if (spec.kind === 'securityGroup') return spec.rules.map((rule) => `    ${describeRule(rule)}`);
  if (spec.kind === 'securityRule') return [`    ${describeRule({ ...spec, direction: 'ingress', cidr: `the address of ${spec.from}` })}`];
  if (spec.kind === 'server' && spec.reservationId) return [`    on reservation ${spec.reservationId}`];
  if (spec.kind === 'server' && spec.lease) return [`    on ${spec.lease}`];
  if (spec.kind === 'port' && 'id' in spec.network) return [`    on network ${spec.network.id}`];
  return [];
}

function describeRule({ protocol, fromPort, toPort, cidr, self, why }: SecurityRule): string {
  const ports = fromPort === undefined ? '' : ` ${fromPort}${toPort !== fromPort ? `-${toPort}` : ''}`;
  return `${protocol}${ports} from ${self ? 'the group' : cidr}: ${why}`;
}

function describeNode(node: PlannedNode): string[] {
  const way = node.floatingIp ? 'public' : node.via ? `through ${node.via}` : 'direct';
  return [
    `  ${node.key}: ${node.hostname} @${node.site}, ${node.loginUser}, ${way}${node.bareMetal ? ', bare metal' : ''}`,
    ...node.mounts.map(({ volume, path }) => `    ${volume} at ${path}`),
    ...node.firewall.map((rule) => `    firewall ${describeRule(rule)}`),
    ...node.steps.flatMap(describeStep),
  ];
}

function describeStep({ name, title, kind, env, downloads, timeoutSeconds, attempts }: StepPlan): string[] {
  const limits = `${kind ? `${kind}, ` : ''}${timeoutSeconds} s${attempts > 1 ? `, ${attempts} attempts` : ''}`;
  return [
    `    ${name}: ${title} (${limits})`,
    ...downloads.map(({ url, kind }) => `      ${kind} ${url}`),
    ...Object.entries(env)
      .filter(([key]) => key !== 'PLAYBOOK')
      .map(([key, value]) => `      ${key}=${describeValue(value)}`),
  ];
}

/** A value with its references in angle brackets; line ends are shown as ⏎. */
function describeValue(value: Value): string {
  if (typeof value === 'string') return value.replaceAll('\n', '⏎');
  if ('concat' in value) return value.concat.map(describeValue).join('');
  if ('join' in value) return value.join.map(describeValue).join(value.separator.replaceAll('\n', '⏎'));
  if ('secret' in value) return `<secret ${value.secret}${value.part ? `.${value.part}` : ''}>`;
  return 'address' in value ? `<${value.address} address of ${value.node}>` : `<output ${value.stepOutput} of ${value.node}>`;
}
