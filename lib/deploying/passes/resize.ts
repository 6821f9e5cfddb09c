import { AppError, type Problem } from '@/lib/core/errors';
import { isUnclear } from '@/lib/web';
import { sendResize } from '../kinds';
import { resizeSeconds } from '../kinds/times';
import { wordsFor } from '../kinds/words';
import { type Ledger, nodeOn, type Resource, siteOf } from '../ledger/ledger';
import { type ResizeState, resizeOf } from '../ledger/resize';
import type { Write } from '../ledger/write';
import type { Action } from './action';
import { pause } from './after-failure';
import { bootingAgain, kept, say } from './outcome';
import type { Act } from './perform';
import { isLasting, resizeRefused } from './problems';

type Resizing = Extract<Action, { do: 'resize' }>;

/** How often a site may refuse for the moment what it may take later. */
const triesTaken = 6;
/** Seconds after which a word that shows no effect is said again. */
const againSeconds = 20;

/** Before a server gets back the flavor that it had: why. When it is seen again as it was, that is known. Its site has as long for it as for the resize. */
export function intendRevert(resource: Resource, { problem }: Resizing, now: Date): Write {
  const resize = resizeOf(resource);
  const isNews = resize?.reverting === undefined;
  return {
    resource,
    change: {
      observed: { ...resource.observed, resize: { ...resize, reverting: problem ?? null } },
      ...(isNews && { deadline_at: new Date(now.getTime() + resizeSeconds * 1000) }),
    },
  };
}

/** Does what was decided for a server that gets another flavor. @returns what is to be written of it */
export async function carryResize(resource: Resource, action: Resizing, act: Act): Promise<Write> {
  const { ledger, ports } = act;
  const resize = resizeOf(resource);
  if (!resize) throw new Error(`${resource.key} is not being resized`);
  const { found, move, problem } = action;
  const now = ports.clock.now();
  const callback = act.callsBack(resource.site);
  switch (move) {
    case 'ask':
      return ask(resource, resize, action, act);
    case 'verify':
      return {
        resource,
        change: { observed: { ...resource.observed, ...found.observed, resize: { ...resize, verifying: true } } },
        node: bootingOn(ledger, resource, callback, now),
        events: [say(resource, 'info', `The ${wordsFor(resource)} runs with its other flavor; its node is waited for`)],
      };
    case 'confirm':
    case 'revert':
      return word(resource, action, act);
    case 'done':
      return over(resource, action, { flavorId: resize.to }, say(resource, 'info', `The ${wordsFor(resource)} has its other flavor`));
    case 'kept':
      return {
        ...over(resource, action, {}, say(resource, 'info', `The ${wordsFor(resource)} keeps the flavor that it had`)),
        ...(resize.verifying && { node: bootingOn(ledger, resource, callback, now) }),
      };
    case 'refused': {
      const why = resizeRefused(resource, problem);
      return {
        ...over(resource, action, { refusedSize: resize.to }, say(resource, 'error', why.title, { problem: why })),
        ...(resize.verifying && { node: bootingOn(ledger, resource, callback, now) }),
      };
    }
  }
}

async function ask(resource: Resource, resize: ResizeState, { found }: Resizing, act: Act): Promise<Write> {
  const now = act.ports.clock.now();
  const tries = (resize.tries ?? 0) + 1;
  const was = typeof found.observed.flavorName === 'string' ? found.observed.flavorName : undefined;
  const asked: ResizeState = { ...resize, tries, ...(was !== undefined && { was: resize.was ?? was }) };
  const later = (state: ResizeState, problem: Problem | null): Write => ({
    resource,
    change: {
      observed: { ...resource.observed, resize: state },
      problem,
      next_try_at: new Date(now.getTime() + 1000 * Math.max(problem ? pause(tries) : 0, 2)),
    },
  });
  try {
    await sendResize(await act.clouds.open(resource), found.id, { flavorId: resize.to });
    const text = `The ${wordsFor(resource)} gets another flavor at ${siteOf(resource)}: it stops for that, and keeps its disk`;
    return { ...later({ ...asked, taken: true }, null), events: [say(resource, 'info', text)] };
  } catch (error) {
    const app = AppError.from(error);
    if (app.code === 'internal') act.ports.onFault(error, act.ledger.deployment.id);
    const problem = app.toProblem();
    // an earlier try, whose answer was lost, was taken and is over
    if (/must change flavor/i.test(problem.upstream?.message ?? '')) return carryResize(resource, { ...done(resource, found) }, act);
    if (!isUnclear(error) && (isLasting(problem) || tries >= triesTaken))
      return carryResize(resource, { ...done(resource, found), move: 'refused', problem }, act);
    return later(asked, problem);
  }
}

const done = ({ key }: Resource, found: Resizing['found']): Resizing => ({ do: 'resize', key, found, move: 'done' });

async function word(resource: Resource, { found, move }: Resizing, act: Act): Promise<Write> {
  const next_try_at = new Date(act.ports.clock.now().getTime() + againSeconds * 1000);
  try {
    await sendResize(await act.clouds.open(resource), found.id, move === 'confirm' ? 'confirm' : 'revert');
    const text =
      move === 'confirm'
        ? `The ${wordsFor(resource)} keeps its other flavor: its node is there`
        : `The ${wordsFor(resource)} gets back the flavor that it had`;
    return { resource, change: { next_try_at }, events: [say(resource, 'info', text)] };
  } catch (error) {
    const app = AppError.from(error);
    if (app.code === 'internal') act.ports.onFault(error, act.ledger.deployment.id);
    return { resource, change: { next_try_at, problem: app.toProblem() } };
  }
}

function over(resource: Resource, { found }: Resizing, about: Record<string, unknown>, event: ReturnType<typeof say>): Write {
  const power = found.state === 'stopped' ? 'stopped' : 'running';
  return {
    resource,
    change: {
      phase: 'ready',
      observed: { ...kept(resource), ...found.observed, power, ...about },
      next_try_at: null,
      deadline_at: null,
      problem: null,
    },
    events: [event],
  };
}

// Who is to be stopped is waited for by nobody.
function bootingOn(ledger: Ledger, resource: Resource, callback: boolean, now: Date): Write['node'] {
  const node = nodeOn(resource, ledger);
  const planned = ledger.deployment.plan.nodes.find(({ key }) => key === node?.key);
  if (!node || !planned || node.wanted === 'stopped') return undefined;
  return { key: node.key, change: bootingAgain(planned, callback, now) };
}
