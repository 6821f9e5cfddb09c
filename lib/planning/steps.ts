import { holds } from '@/lib/catalog/form/conditions';
import type { Recipe, RecipeDownload, SoftwareTemplate } from '@/lib/catalog/recipe';
import type { Download } from '@/lib/catalog/types';
import { atSite, imagesAtSite } from './builds';
import type { Draft, DraftNode } from './draft';
import { playbookEnv } from './playbooks';
import type { StepPlan, Value } from './types';
import { toValue } from './values';

/** The steps of a node: of all software that its group hosts and that is switched on, in the order of their dependencies. */
export function stepsOf(draft: Draft, node: DraftNode): StepPlan[] {
  const fetched = new Set<string>();
  const { downloads } = draft.input.recipe;
  const builds = node.group.place.site.builds ?? {};
  const all = softwareOf(draft, node.group.template.name);
  // what was put there last is taken off first
  const removed = all.filter(({ name }) => draft.input.removing?.has(name)).toReversed();
  const toRun = [
    ...all.map((software) => ({ software, steps: software.steps })),
    ...removed.map((software) => ({ software, steps: software.removal })),
  ];
  return toRun.flatMap(({ software, steps }) =>
    steps.map((step) => ({
      name: step.name,
      title: step.title,
      script: step.script,
      ...(step.playbook && { kind: 'playbook' as const }),
      env: {
        ...(step.playbook
          ? playbookEnv(draft, node, software, { name: step.name, inputs: step.inputs, needs: step.playbook, text: step.playbook.text })
          : Object.fromEntries(
              [...step.inputs].map(([name, expression]) => [
                name,
                imagesAtSite(toValue(draft, expression, software.node, node), downloads, builds),
              ]),
            )),
        ...leavingEnv(draft, software),
      },
      downloads: downloadsFor(downloads, software, fetched).map((download) => atSite(download, builds)),
      timeoutSeconds: step.timeoutSeconds,
      attempts: step.attempts,
    })),
  );
}

/** The software that a group's nodes run with these inputs, in order. */
export function softwareOf(draft: Pick<Draft, 'input' | 'values'>, group: string): SoftwareTemplate[] {
  return inOrder(draft.input.recipe).filter(
    (software) => software.group === group && holds(software.enabledBy, draft.values) && isCalledFor(draft, software),
  );
}

// What sees to the work of nodes that leave runs then only.
function isCalledFor({ input: { leaving } }: Pick<Draft, 'input'>, { forLeaving }: SoftwareTemplate): boolean {
  return forLeaving === undefined || (leaving?.nodes.some(({ group }) => group === forLeaving) ?? false);
}

/** What a step that sees to nodes that leave is told of them: their host names, and what becomes of their work. */
function leavingEnv({ input: { leaving } }: Draft, { forLeaving }: SoftwareTemplate): Record<string, Value> {
  if (forLeaving === undefined || !leaving) return {};
  const names = leaving.nodes.filter(({ group }) => group === forLeaving).map(({ hostname }) => hostname);
  return { LEAVING: names.join(','), LEAVING_WAY: leaving.way };
}

// Software that is left out still passes on what it depends on, so all are ordered before any is left out.
function inOrder({ software }: Recipe): SoftwareTemplate[] {
  const ordered = new Set<SoftwareTemplate>();
  const byName = new Map(software.map((item) => [item.name, item]));
  const add = (item: SoftwareTemplate): void => {
    if (ordered.has(item)) return;
    // the recipe was checked to have no circles
    for (const name of item.after) {
      const before = byName.get(name);
      if (before) add(before);
    }
    ordered.add(item);
  };
  for (const isFirst of [true, false]) for (const item of software) if (item.first === isFirst) add(item);
  return [...ordered];
}

// What several steps of a node need is fetched before the first of them, and is there for the others.
function downloadsFor(downloads: RecipeDownload[], software: SoftwareTemplate, fetched: Set<string>): Download[] {
  const wanted = downloads.filter((item) => item.for.length === 0 || item.for.includes(software.name) || item.for.includes(software.group));
  return wanted.flatMap(({ for: _users, ...download }) => {
    if (fetched.has(download.url)) return [];
    fetched.add(download.url);
    return [download];
  });
}
