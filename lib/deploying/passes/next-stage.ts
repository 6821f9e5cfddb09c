import { givesAddress } from '../kinds/waiting';
import type { Ledger } from '../ledger/ledger';
import { isSizeRefused } from '../ledger/resize';

/** What a change that is under way is ready for. `turn`: the next nodes are told; `back`: what it needs can't be had, and it is called off. */
export type NextStage = 'make' | 'tell' | 'turn' | 'back' | 'finish' | null;

/** Whether a change can go on, and with what; null: something is still to be done before, or there is none. Pure. */
export function nextStage({ deployment, resources, nodes }: Ledger): NextStage {
  const { updating, wanted, plan } = deployment;
  if (!updating || wanted !== 'running') return null;
  const isDone = (key: string) => {
    const node = nodes.find((each) => each.key === key);
    // who is not there any more, or was stopped, is waited for by nobody
    return !node || node.wanted === 'stopped' || (node.state === 'ready' && node.run_from === null);
  };
  const refused = resources.some((each) => updating.resize?.includes(each.key) === true && isSizeRefused(each));
  if (refused && !updating.back) return 'back';
  const worked = updating.running.every(isDone);
  if (updating.stage === 'draining') return worked ? (updating.hold ? 'finish' : 'make') : null;
  const present = resources.filter((resource) => resource.wanted === 'present');
  if (updating.stage === 'making') return present.every((each) => !givesAddress(each) || each.phase === 'ready') ? 'tell' : null;
  if (!worked) return null;
  const remade = present.every(({ key, phase }) => phase === 'ready' || !standsOn(updating.running, key, plan));
  if (updating.waiting.length > 0) return remade ? 'turn' : null;
  const settled = resources.every(({ wanted: is, phase }) => (is === 'present' ? phase === 'ready' : phase === 'gone'));
  return settled && plan.nodes.every(({ key }) => isDone(key) || isLeftOut(key)) ? 'finish' : null;

  // a node that was out of reach before is nobody's task
  function isLeftOut(key: string): boolean {
    const node = nodes.find((each) => each.key === key);
    return node !== undefined && node.state === 'unreachable' && node.heard_at !== null && !updating?.running.includes(key);
  }
}

function standsOn(keys: readonly string[], resource: string, { nodes }: Ledger['deployment']['plan']): boolean {
  return nodes.some(({ key, server }) => keys.includes(key) && server === resource);
}
