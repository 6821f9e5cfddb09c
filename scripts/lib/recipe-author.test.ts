import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint, plan, render, test } from './recipe-author';

const builtIn = resolve('recipes');
const foreign = 'lib/catalog/fixtures/foreign';
const run = (command: typeof lint, path: string) => {
  const lines: string[] = [];
  const wrong = command(builtIn, resolve(path), (line) => lines.push(line));
  return { wrong, text: lines.join('\n') };
};

describe('what authors are told of a path', () => {
  it('lint: what does nothing, as file, line and column, of those that are meant alone', () => {
    const { wrong, text } = run(lint, `${foreign}/templates/cluster.yaml`);
    expect(wrong).toBe(0);
    expect(text).toMatch(/^foreign\/templates\/cluster\.yaml:\d+:\d+: warning: inputs\.admin_password: A secret that everybody knows/m);
    expect(text).toMatch(/^1 good, 0 broken$/m);
  });

  it('lint: a broken recipe is an error with its place', () => {
    const { wrong, text } = run(lint, 'e2e/recipes/torn');
    expect(wrong).toBe(1);
    expect(text).toMatch(/torn\/recipe\.yaml:\d+:\d+: error: /);
  });

  it('lint: a path that holds nothing is wrong, too', () => expect(run(lint, 'docs')).toEqual({ wrong: 1, text: '0 good, 0 broken' }));

  it('plan: the steps of every node, an add-on with its recipe', () => {
    expect(run(plan, `${foreign}/templates/app.yaml`).text).toMatch(/app\.configure: .* \(playbook, 3600 s\)/);
    expect(run(plan, 'recipes/virtual-machine').text).toContain('server-machine');
  });

  it('render: the form, tab by tab', () => {
    expect(run(render, `${foreign}/templates/cluster.yaml`).text).toMatch(
      /^A cluster\n {2}Front end\n {4}Fe mem \(fe_mem\): integer, default 1024\n {2}Workers\n {4}Wn num \(wn_num\): integer, default 2/,
    );
  });

  it('test: every recipe both ways, and every pair of its add-ons; two that differ are said to', () => {
    const { wrong, text } = run(test, foreign);
    expect(wrong).toBe(0);
    expect(text).toMatch(/cluster\.yaml with elastic\.yaml and other\.yaml: refused: .* is defined here and otherwise in/);
    expect(text).toMatch(/All is well\.$/);
  });
});
