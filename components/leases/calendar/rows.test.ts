import { expect, it } from 'vitest';
import { kindKey, linesIn, type Row, rowKey, rowsOf } from './rows';

const line = (key: string, site: string, kind: string) => ({ key, site, kind, flavor: false });
const lines = [line('1', 'uc', 'gpu'), line('2', 'uc', 'cpu'), line('3', 'uc', 'gpu'), line('4', 'tacc', 'gpu')];
const told = (rows: Row<(typeof lines)[number]>[]) =>
  rows.map((row) => (row.head ? `${row.site} ${row.kind} × ${row.lines.length}` : row.line.key));

it('rows go kind by kind, each below its name; a name at two sites is two kinds', () => {
  expect(told(rowsOf(lines, new Set()))).toEqual(['uc gpu × 2', '1', '3', 'uc cpu × 1', '2', 'tacc gpu × 1', '4']);
});

it('of a kind that is closed only the name is shown', () => {
  const closed = new Set([kindKey(line('', 'uc', 'gpu'))]);
  expect(told(rowsOf(lines, closed))).toEqual(['uc gpu × 2', 'uc cpu × 1', '2', 'tacc gpu × 1', '4']);
});

it('rows that are chosen stand for their hosts, names of kinds for none', () => {
  const rows = rowsOf(lines, new Set());
  expect(linesIn(rows, [1, 2, 3, 4]).map(({ key }) => key)).toEqual(['1', '3', '2']);
  expect(linesIn(rows, [3])).toEqual([]);
});

it('flavors stand below a name of their own, not among hosts that have no type', () => {
  const mixed = [line('host', 'uc', ''), { ...line('flavor', 'uc', ''), flavor: true }];
  const rows = rowsOf(mixed, new Set());
  expect(told(rows)).toEqual(['uc  × 1', 'host', 'uc  × 1', 'flavor']);
  expect(new Set(rows.map(rowKey)).size).toBe(4);
});
