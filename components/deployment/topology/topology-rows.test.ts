import { expect, test } from 'vitest';
import type { Box, TopologyGraph } from './topology-graph';
import { topologyRows } from './topology-rows';

const box = (id: string, site = 'europe') => ({ id, site }) as Box;
const graph = (boxes: Box[], ...edges: [string, string][]): TopologyGraph => ({
  boxes,
  edges: edges.map(([from, to]) => ({ id: `${from}→${to}`, from, to, busy: false })),
  sites: [...new Set(boxes.map(({ site }) => site))].map((id) => ({ id, x: 0, y: 0, width: 0, height: 0 })),
});
const texts = (of: TopologyGraph) =>
  topologyRows(of).map(({ site, rows }) => [site, ...rows.map((row) => `${'  '.repeat(row.depth)}${row.box.id}`)]);

test.each([
  [
    'from the outside in',
    graph(
      [box('net'), box('vm-1'), box('vm-2'), box('disk'), box('router')],
      ['router', 'net'],
      ['net', 'vm-1'],
      ['net', 'vm-2'],
      ['vm-1', 'disk'],
    ),
    [['europe', 'router', '  net', '    vm-1', '      disk', '    vm-2']],
  ],
  ['what hangs on two things once', graph([box('a'), box('b'), box('c')], ['a', 'c'], ['b', 'c']), [['europe', 'a', '  c', 'b']]],
  ['what hangs on nothing', graph([box('a'), box('b')]), [['europe', 'a', 'b']]],
  ['what hangs on each other', graph([box('a'), box('b')], ['a', 'b'], ['b', 'a']), [['europe', 'a', '  b']]],
  [
    'each site by itself',
    graph([box('a'), box('b', 'america')], ['a', 'b']),
    [
      ['europe', 'a'],
      ['america', 'b'],
    ],
  ],
  ['nothing where there is nothing', graph([]), []],
] as const)('on a narrow screen the picture is a list: %s', (_, of, rows) => expect(texts(of)).toEqual(rows));
