import type { Cursor, Diagnostics, YamlValue } from '@/lib/tosca/cursor';
import type { InputDefinition, NodeTemplate, ServiceTemplate } from '@/lib/tosca/template';

const secretName = /(?:^|_)(?:pass|password|passwd|passphrase|secret|secretkey|token|admin_key)$/;
const hash = /^\$(?:2[abxy]|5|6|y)\$/;

/**
 * What templates of the Infrastructure Manager ask in a way that ours don't: secrets that have a default, which everybody knows, are made
 * by Transat instead; ports to open are a list of texts (`22/tcp`, `8080 10.0.0.0/8`). Changes the template.
 */
export function readForeignInputs(template: ServiceTemplate, tabs: Cursor | undefined, diagnostics: Diagnostics): void {
  const hidden = hiddenIn(tabs);
  for (const input of template.inputs.values()) {
    if (isPorts(input, template)) template.inputs.set(input.name, portsInput(input));
    else if (input.schema.type === 'string' && (isSecret(input) || hidden.has(input.name)) && hasText(input.default)) {
      template.inputs.set(input.name, secretInput(input));
      diagnostics.warn(input.at, `inputs.${input.name}: ${madeOf(input.default)}`);
    }
  }
  for (const node of template.nodes.values()) generateProperties(node, template, diagnostics);
}

// Inputs of which a tab says that what is typed is not shown.
function hiddenIn(tabs: Cursor | undefined): Set<string> {
  const entries = (tabs?.entries() ?? []).flatMap(([, tab]) => (tab.value.kind === 'list' ? tab.items() : [tab]));
  const options = entries.flatMap((entry) => (entry.value.kind === 'map' ? entry.entries() : []));
  return new Set(options.filter(([, about]) => about.get('tag_type')?.text() === 'password').map(([name]) => name));
}

function madeOf(value: unknown): string {
  return hash.test(String(value))
    ? 'The hash of a password that everybody knows is the default; it is not taken, and one must be given.'
    : 'A secret that everybody knows is the default; it is not taken, and one is made where none is given.';
}

function isSecret({ name, metadata }: InputDefinition): boolean {
  return secretName.test(name) || String(metadata.get('secret')) === 'true';
}

function hasText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function secretInput(input: InputDefinition): InputDefinition {
  const { default: known, ...rest } = input;
  // nobody can sign in with a hash whose password was never known
  const made = hash.test(String(known)) ? { secret: 'true' } : { generated: /token$|jwt_secret$/.test(input.name) ? 'token' : 'password' };
  return { ...rest, metadata: new Map([...input.metadata, ...Object.entries(made)]) };
}

// The same property with the same default is the same secret: the two ends of a connection have it of their types.
function generateProperties(node: NodeTemplate, template: ServiceTemplate, diagnostics: Diagnostics): void {
  for (const [name, expression] of node.properties) {
    if (expression.kind !== 'literal' || !hasText(expression.value) || !secretName.test(name)) continue;
    const taken = template.inputs.get(name);
    const input = taken && !taken.metadata.has('of_type') ? `${node.name}_${name}` : name;
    template.inputs.set(input, {
      name: input,
      at: expression.at,
      schema: { type: 'string', constraints: [] },
      description: `The ${name} of ${node.name}.`,
      required: false,
      metadata: new Map([
        ['generated', name.endsWith('token') ? 'token' : 'password'],
        ['of_type', node.type],
      ]),
    });
    node.properties.set(name, { kind: 'input', name: input, path: [], at: expression.at });
    diagnostics.warn(node.at, `${node.name}.${name}: A secret that everybody knows is written here; another is made in its place.`);
  }
}

function isPorts({ schema }: InputDefinition, { types }: ServiceTemplate): boolean {
  return schema.entry !== undefined && types.isA(types.nameOf(schema.entry.type), 'tosca.datatypes.network.PortSpec');
}

function portsInput(input: InputDefinition): InputDefinition {
  const specs = Array.isArray(input.default) ? input.default : Object.values(Object(input.default ?? {}) as Record<string, YamlValue>);
  return {
    ...input,
    schema: { type: 'list', constraints: [], entry: { type: 'string', constraints: [] } },
    default: specs.map(portText).filter((text) => text !== ''),
    metadata: new Map([...input.metadata, ['widget', 'ports']]),
  };
}

function portText(spec: YamlValue): string {
  const { source, target, protocol, source_range: range, remote_cidr: cidr } = Object(spec) as Record<string, YamlValue>;
  const port = Array.isArray(range) ? range.join('-') : String(source ?? target ?? '').replace(':', '-');
  return port === '' ? '' : `${port}/${String(protocol ?? 'tcp')}${hasText(cidr) ? ` ${cidr}` : ''}`;
}
