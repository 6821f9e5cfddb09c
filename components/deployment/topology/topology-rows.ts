import type { Box, TopologyGraph } from './topology-graph';

/** A box in its place below what it hangs on. */
export interface TopologyRow {
  box: Box;
  /** how far in it stands, from 0 */
  depth: number;
}

/** The picture as rows, a list a site, for screens that are too narrow for it: what hangs on something follows it, a step further in, once. */
export function topologyRows({ boxes, edges, sites }: TopologyGraph): { site: string; rows: TopologyRow[] }[] {
  return sites.map(({ id: site }) => {
    const here = boxes.filter((box) => box.site === site);
    const below = Map.groupBy(edges, ({ from }) => from);
    const hangs = new Set(edges.map(({ to }) => to));
    const rows: TopologyRow[] = [];
    const seen = new Set<string>();
    const add = (box: Box, depth: number) => {
      if (seen.has(box.id)) return;
      seen.add(box.id);
      rows.push({ box, depth });
      for (const { to } of below.get(box.id) ?? []) {
        const next = here.find(({ id }) => id === to);
        if (next) add(next, depth + 1);
      }
    };
    for (const box of here.filter(({ id }) => !hangs.has(id))) add(box, 0);
    // what hangs on each other in a ring hangs on nothing that was shown
    for (const box of here) add(box, 0);
    return { site, rows };
  });
}
