import type { Difference } from '@/lib/planning/change/difference';
import type { Plan } from '@/lib/planning/types';
import type { Updating } from '@/lib/store/schema';

/**
 * Nodes that stay, with what each has to do: where nodes come or go, all learn who is there. Pure.
 * @param remakes machines whose steps are others are made anew
 */
export function waitingFor(plan: Plan, { added, removed, changed, nodes }: Difference, remakes = false): Updating['waiting'] {
  const peers = added.nodes.length > 0 || removed.nodes.length > 0;
  const staying = plan.nodes.filter(({ key }) => !added.nodes.includes(key));
  const remade = new Set(
    changed.filter(({ effect, resized }) => !resized && effect !== 'none' && effect !== 'impossible').map(({ key }) => key),
  );
  const resized = new Set(changed.flatMap((each) => (each.resized ? [each.key] : [])));
  return staying.flatMap(({ key, server, mounts }) => {
    const { steps = [], firewall } = nodes.find((node) => node.key === key) ?? {};
    const own = [server, ...mounts.map(({ volume }) => volume)].filter((each) => remade.has(each));
    const remake = own.length > 0 || (remakes && steps.length > 0) ? [...new Set([server, ...own])] : [];
    const resize = remake.length === 0 && resized.has(server);
    const isTold = peers || steps.length > 0 || remake.length > 0 || resize || firewall;
    return isTold ? [{ node: key, steps, remake, ...(resize && { resize: server }), ...(firewall && { firewall }) }] : [];
  });
}
