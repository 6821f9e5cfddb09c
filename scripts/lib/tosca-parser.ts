import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { type Catalog, loadCatalog } from '../../lib/catalog/catalog';
import { pythonEnvironment } from './python-environment';
import { root } from './shell';
import type { Tally } from './tally';

const builtIn = resolve(root, 'recipes');

/** A composed recipe as text that other TOSCA tools read by itself. */
export function printed(catalog: Catalog, id: string, addOns: readonly string[] = []): string {
  // a composed recipe is a map, as the catalogue checked
  return stringify({ ...(catalog.template(id, addOns) as object), imports: [{ transat: join(builtIn, 'types/transat.yaml') }] });
}

/** OpenStack's tosca-parser, unchanged, reads every recipe of ours, and every add-on composed with each recipe that it extends. */
export function toscaParser(): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const catalog = loadCatalog([builtIn]);
  const all = catalog.list();
  const compositions = all.flatMap(({ id, extends: parents }): [string, string[]][] =>
    parents.length === 0 ? [[id, []]] : parents.filter((name) => all.some((each) => each.id === name)).map((parent) => [parent, [id]]),
  );
  const python = pythonEnvironment('tosca-parser-2.15.0', 'on our recipes');
  if (!python) return { ...tally, skipped: compositions.length };
  const folder = mkdtempSync(join(tmpdir(), 'transat-tosca-'));
  try {
    for (const [id, addOns] of compositions) writeFileSync(join(folder, `${[id, ...addOns].join('+')}.yaml`), printed(catalog, id, addOns));
    const { stdout, stderr } = spawnSync(python, [join(root, 'scripts/clients/tosca_accepts.py'), folder], {
      encoding: 'utf8',
      timeout: 300_000,
    });
    console.log(stdout.trim() || stderr.trim());
    tally.passed = stdout.split('\n').filter((line) => line.startsWith('ok ')).length;
    tally.failed = compositions.length - tally.passed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return tally;
}
