import type { Found } from '../kinds';
import { nodeOn, type Resource } from '../ledger/ledger';
import { resizeOf } from '../ledger/resize';
import { type Action, age, isDue, isLate, listLagSeconds, type Outlook, type ResizeMove } from './action';
import { deadlinePassed, resizeRefused, serverError } from './problems';

/**
 * What is to be done for a server that gets another flavor where it stands. Nova stops it, gives it the flavor and waits for a word
 * (https://docs.openstack.org/api-guide/compute/server_concepts.html, VERIFY_RESIZE): it gets that when the node on it is heard again, and gets its old
 * flavor back when it is not. What Nova finds out to be impossible it takes back by itself. Pure.
 */
export function decideResize(resource: Resource, mine: Found, { ledger, now }: Outlook): Action[] {
  const { key } = resource;
  const resize = resizeOf(resource);
  if (!resize || mine.state === 'leaving') return [];
  const does = (move: ResizeMove, problem?: Parameters<typeof resizeRefused>[1]): Action[] => [
    { do: 'resize', key, found: mine, move, ...(problem && { problem }) },
  ];
  if (mine.state === 'error') return [{ do: 'fail', key, problem: serverError(resource, mine, 1) }];
  const { status, taskState } = mine.observed;
  const rests = taskState === null || taskState === undefined;
  const isUnderWay = !rests || status === 'RESIZE' || status === 'REVERT_RESIZE';
  if (isUnderWay) return isLate(resource, now) ? does('refused', deadlinePassed(resource, mine)) : [];
  if (status === 'VERIFY_RESIZE') return isDue(resource, now) ? decideWord() : [];
  // the site confirmed it by itself before it heard that it was to go back
  if (resize.reverting !== undefined && isAnother(resize.was, mine.observed.flavorName)) return does('done');
  if (resize.reverting !== undefined) return resize.reverting === null ? does('kept') : does('refused', resize.reverting);
  if (resize.verifying) return does('done');
  if (resize.taken) return isAnother(resize.was, mine.observed.flavorName) ? does('done') : does('refused', resizeRefused(resource));
  // what was asked for without an answer may still begin
  if (resize.back) return (resize.tries ?? 0) > 0 && age(resource, now) < listLagSeconds ? [] : does('kept');
  if (isLate(resource, now)) return does('refused', deadlinePassed(resource, mine));
  return isDue(resource, now) ? does('ask') : [];

  function decideWord(): Action[] {
    const node = nodeOn(resource, ledger);
    if (resize?.reverting !== undefined && isLate(resource, now)) return [{ do: 'fail', key, problem: deadlinePassed(resource, mine) }];
    if (resize?.back) return does('revert');
    if (resize?.reverting) return does('revert', resize.reverting);
    if (!resize?.verifying) return does('verify');
    if (!node || node.state === 'ready' || node.wanted === 'stopped') return does('confirm');
    const isLost = node.state === 'failed' || node.state === 'unreachable' || isLate(resource, now);
    return isLost ? does('revert', node.problem ?? deadlinePassed(resource, mine)) : [];
  }
}

const isAnother = (was: string | undefined, is: unknown): boolean => was !== undefined && typeof is === 'string' && is !== was;
