import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from './shell';

// From which file to which an import points, and the rule that refuses it.
const arrows: [from: string, to: string, rule: string | null][] = [
  ['lib/planning/a', 'lib/deploying/b', 'floor-of-planning'],
  ['lib/catalog/a', 'lib/sites/b', 'floor-of-catalog'],
  ['lib/core/a', 'lib/store/b', 'core-stands-alone'],
  ['lib/sites/a', 'components/ui/b', 'lib-knows-no-screen'],
  ['lib/api/a', 'lib/sandbox/b', 'nothing-imports-the-sandbox'],
  ['components/sites/a', 'lib/sites/b', 'screens-speak-to-the-api-only'],
  ['components/sites/b', 'components/configure/c', 'components-sites'],
  ['components/configure/a', 'components/sites/c', 'components-configure'],
  ['components/signin/a', 'components/shell/b', 'components-signin'],
  ['components/ui/a', 'components/shared/b', 'components-ui'],
  ['components/novel/a', 'components/ui/b', null],
  ['components/ui/c', 'components/novel/b', 'components-has-its-floors'],
  ['components/shell/a', 'components/signin/b', null],
  ['components/home/a', 'components/recipes/b', null],
  ['scripts/lib/a', 'e2e/lib/b', 'scripts-lib-below-all'],
  ['scripts/bench/a', 'e2e/journeys/b', 'figures-use-what-journeys-share'],
  ['scripts/bench/b', 'e2e/lib/c', null],
  ['e2e/journeys/a', 'scripts/bench/c', 'journeys-use-what-starts-the-product'],
  ['e2e/journeys/c', 'scripts/lib/c', null],
  ['e2e/lib/a', 'e2e/journeys/d', 'e2e-lib-below-journeys'],
];

describe('an import', () => {
  const refused = new Map<string, string[]>();
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'transat-arrows-'));
    const put = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    put('tsconfig.json', '{}');
    for (const [, to] of arrows) put(`${to}.ts`, 'export const it = 1;\n');
    for (const [from, to] of arrows) put(`${from}.ts`, `export { it } from '${relative(dirname(from), to)}';\n`);
    const args = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'lib', 'components', 'scripts', 'e2e'];
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/depcruise'), args, { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    for (const { from, rule } of summary.violations) refused.set(from, [...(refused.get(from) ?? []), rule.name]);
  });

  test.each(arrows)('from %s to %s: %s', (from, _to, rule) => {
    if (rule) expect(refused.get(`${from}.ts`)).toContain(rule);
    else expect(refused.get(`${from}.ts`)).toBeUndefined();
  });
});
