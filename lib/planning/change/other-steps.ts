import { problem } from '../problems';
import type { Plan, PlanProblem } from '../types';

/** Titles that a sentence has room for. */
const mostTitles = 6;

/**
 * What is said before a change where the recipe has steps today that nodes which stay have never run: in the place of a template's playbooks, or of a later version. Of
 * these they run what the change makes another alone, beside nodes that come and run all. Pure.
 * @param stands the plan that stands
 * @param today what was asked for then, planned with the recipe of today
 * @param after what it is to become
 */
export function otherSteps(stands: Plan, today: Plan, after: Plan): PlanProblem[] {
  const old = new Map(stands.nodes.map(({ key, steps }) => [key, new Set(steps.map(({ name }) => name))]));
  const newToThem = today.nodes.flatMap(({ key, steps }) => steps.filter(({ name }) => old.get(key)?.has(name) === false));
  const names = new Set(newToThem.map(({ name }) => name));
  const isMet = after.nodes.some(({ key, steps }) => steps.some(({ name }) => names.has(name) && !old.get(key)?.has(name)));
  if (!isMet) return [];
  const titles = [...new Set(newToThem.map(({ title }) => title))];
  const told = titles.length > mostTitles ? [...titles.slice(0, mostTitles), '…'] : titles;
  return [
    {
      ...problem(
        'conflict',
        `Nodes that stay have never run these steps: ${told.join(', ')}. Of them they run what this change makes another, and nodes that come run all.`,
        {
          severity: 'warning',
          remedy: 'Where both don’t go together, as with a cluster that playbooks of others have set up, deploy again beside it.',
        },
      ),
      title: 'The recipe sets this up by other steps than when it was deployed',
    },
  ];
}
