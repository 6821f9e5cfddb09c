import { literalOf } from '@/lib/tosca/expression';
import type { NodeTemplate, ServiceTemplate } from '@/lib/tosca/template';

/**
 * Whether the networks that a template binds a machine to say that it has a public address; undefined where it binds it to none, so that its
 * endpoint alone says it. A machine on private networks only has none, whatever its endpoint says: that is what it was bound for.
 */
export function publicByNetworks(group: NodeTemplate, { nodes, types }: ServiceTemplate): boolean | undefined {
  const ports = [...nodes.values()].filter(
    (node) =>
      types.isA(node.type, 'tosca.nodes.network.Port') &&
      node.requirements.some(({ name, node: target }) => name === 'binding' && target === group.name),
  );
  const linked = ports.flatMap(({ requirements }) =>
    requirements.flatMap(({ name, node }) => (name === 'link' ? (nodes.get(node) ?? []) : [])),
  );
  if (linked.length === 0) return undefined;
  return linked.some(({ properties }) => {
    const type = properties.get('network_type');
    return type !== undefined && literalOf(type) === 'public';
  });
}

/**
 * The operating systems that a template's machines ask for themselves, by distribution and, where it is said, version.
 * @returns none where a machine takes any
 */
export function imagesAsked(groups: readonly NodeTemplate[]): { distro: string; version: string }[] {
  const asked = groups.map(({ capabilities }) => {
    const text = (name: string) => {
      const value = capabilities.get('os')?.get(name);
      const literal = value && literalOf(value);
      return literal === undefined || literal === null ? '' : String(literal).toLowerCase();
    };
    return { distro: text('distribution'), version: text('version') };
  });
  const [first] = asked;
  return first && first.distro !== '' && asked.every(({ distro, version }) => distro === first.distro && version === first.version)
    ? [first]
    : [];
}
