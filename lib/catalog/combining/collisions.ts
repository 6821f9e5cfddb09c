import type { Diagnostics } from '@/lib/tosca/cursor';
import { type Expression, literalOf } from '@/lib/tosca/expression';
import type { Position } from '@/lib/tosca/located';
import type { GroupTemplate, SoftwareTemplate } from '../recipe';

/**
 * Finds what can't be on one machine twice: a disk at a path, and a port that two softwares say they answer on. Only what is written can be
 * compared; what inputs say, the plan does. Softwares that are never on together are passed over.
 * @param show a place as messages name it
 */
export function checkCollisions(
  groups: readonly GroupTemplate[],
  software: readonly SoftwareTemplate[],
  show: (at: Position) => string,
  diagnostics: Diagnostics,
): void {
  for (const group of groups) {
    const mounts = group.disks.flatMap(({ disk, location, enabledBy }) =>
      location && enabledBy.length === 0 ? [{ name: disk, at: location.at, taken: [`the path ${String(literalOf(location) ?? '')}`] }] : [],
    );
    report(
      mounts.filter(({ taken: [path] }) => path !== 'the path '),
      group.name,
      show,
      (at, message) => diagnostics.add(at, message),
    );
    const here = software.filter((each) => each.group === group.name && each.enabledBy.length === 0);
    report(
      here.map(({ name, node }) => ({ name, at: node.at, taken: portsOf(node.capabilities.get('endpoint')) })),
      group.name,
      show,
      (at, message) => diagnostics.doubt(at, message),
    );
  }
}

interface Taking {
  name: string;
  at: Position;
  taken: string[];
}

function report(all: Taking[], group: string, show: (at: Position) => string, tell: (at: Position, message: string) => void): void {
  const first = new Map<string, Taking>();
  for (const each of all)
    for (const what of each.taken) {
      const other = first.get(what);
      if (!other) first.set(what, each);
      else if (other.name !== each.name)
        tell(each.at, `${each.name} takes ${what} of ${group}, and so does ${other.name} in ${show(other.at)}.`);
    }
}

// Ports as they are written; ranges and those of inputs are compared by nobody here.
function portsOf(endpoint: Map<string, Expression> | undefined): string[] {
  const ports = endpoint?.get('ports');
  const entries = ports?.kind === 'map' ? [...ports.entries.values()] : [];
  return entries.flatMap((spec) => {
    if (spec.kind !== 'map') return [];
    const value = (key: string) => {
      const given = spec.entries.get(key);
      return given && literalOf(given);
    };
    const port = value('source') ?? value('target');
    return typeof port === 'number' ? [`port ${port}/${String(value('protocol') ?? 'tcp')}`] : [];
  });
}
