import { describe, expect, test } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import type { Found } from '../kinds';
import type { Ledger, Resource } from '../ledger/ledger';
import { nobody, type Write } from '../ledger/write';
import { noon, standingLedger, withResource } from '../testing/rows';
import { inSeconds } from '../testing/sights';
import { failed, gone, held, intendCreate, intendRemove, made, noted, otherwise, powered, settled } from './outcome';
import { missed, over } from './outcome-over';

const problem: Problem = { code: 'session-expired', title: 'Sign in again', detail: 'It ended.' };
const soon = inSeconds(7);

/** A ledger in which a resource is otherwise than all others, which stand. */
function having(key: string, change: Partial<Resource> = {}): { ledger: Ledger; resource: Resource } {
  const ledger = withResource(standingLedger(), key, change);
  const resource = ledger.resources.find((each) => each.key === key);
  if (!resource) throw new Error(`no ${key}`);
  return { ledger, resource };
}
const seen = (state: Found['state'], observed: Record<string, unknown> = {}): Found => ({
  id: 'id-seen',
  name: 'name',
  state,
  observed: { status: state, ...observed },
  parts: [],
});
const told = ({ events = [] }: Write) => events.map(({ level, message }) => `${level}: ${message}`);

describe('given up', () => {
  test.each<[string, Partial<Resource>, boolean, boolean]>([
    ['that was to be made, and of which no more is known', { phase: 'creating', cloud_id: null }, false, true],
    ['whose making was answered', { phase: 'creating', cloud_id: 'id-1' }, false, false],
    ['that was never asked for', { phase: 'planned', cloud_id: null }, false, false],
    ['that an unclear try may have made', { phase: 'planned', cloud_id: null, unclear: true }, false, true],
    ['that is being looked after', { phase: 'waiting' }, false, false],
    ['of which nothing is there', { phase: 'creating', cloud_id: null, unclear: true }, true, false],
  ])('a server %s and that is given up: it may stand all the same, %o, lost %s: %s', (_, change, lost, unclear) => {
    const { ledger, resource } = having('server-front', change);
    expect(failed(ledger, resource, problem, lost).change).toMatchObject({ phase: 'failed', unclear });
  });

  test('a server fails with its node, and no more is waited for', () => {
    const { ledger, resource } = having('server-front', { phase: 'waiting' });
    const write = failed(ledger, resource, problem, false);
    expect(write.change).toEqual({ phase: 'failed', problem, unclear: false, next_try_at: null, deadline_at: null });
    expect(write.node).toEqual({ key: 'front', change: { state: 'failed', problem, deadline_at: null } });
    expect(told(write)).toEqual(['error: Sign in again']);
    expect(write.events?.[0]?.data).toEqual({ kind: 'server', site: 'lab', cloudId: 'id-server-front', problem });
    expect(write.events?.[0]).toMatchObject({ stage: 'resource', subject: 'server-front' });
  });

  test('a server that is lost has no id any more, and nobody runs on it', () => {
    const { ledger, resource } = having('server-front');
    const write = failed(ledger, resource, problem, true);
    expect(write.change).toMatchObject({ cloud_id: null, observed: { lost: true } });
    expect(write.node?.change).toEqual({ state: 'failed', problem, deadline_at: null, ...nobody });
  });

  test('a server that was to go leaves its node alone', () => {
    const { ledger, resource } = having('server-front', { wanted: 'absent' });
    expect(failed(ledger, resource, problem, false).node).toBeUndefined();
  });
});

describe('before a cloud is asked', () => {
  test('a create counts as a try, with a deadline from the first on', () => {
    const { ledger, resource } = having('server-front', { phase: 'planned', attempts: 2, unclear: true, next_try_at: soon });
    const write = intendCreate(ledger, resource, 90, noon);
    expect(write).toMatchObject({ onlyIfPresent: true, node: { key: 'front', change: { state: 'building' } } });
    expect(write.change).toEqual({ phase: 'creating', attempts: 3, unclear: false, next_try_at: null, deadline_at: inSeconds(90) });
    expect(intendCreate(ledger, { ...resource, deadline_at: soon }, 90, noon).change.deadline_at).toEqual(soon);
  });

  test('what no node runs on changes none', () => {
    const { ledger, resource } = having('volume');
    expect(intendCreate(ledger, resource, 90, noon)).not.toHaveProperty('node');
    expect(intendRemove(ledger, resource, noon)).not.toHaveProperty('node');
  });

  test('a server whose node has moved to another says nothing of it', () => {
    const { ledger, resource } = having('server-front');
    const old = { ...resource, key: 'server-front-old' };
    expect(intendCreate(ledger, old, 90, noon)).not.toHaveProperty('node');
  });

  test('a deletion counts as a try, is asked for again after a while, and has its time from the first on', () => {
    const { ledger, resource } = having('server-front', { deadline_at: soon });
    const write = intendRemove(ledger, resource, noon);
    expect(write.change).toEqual({ phase: 'deleting', attempts: 2, deadline_at: inSeconds(900), next_try_at: inSeconds(20) });
    expect(write.node).toEqual({ key: 'front', change: nobody });
    expect(intendRemove(ledger, { ...resource, phase: 'deleting' }, noon).change.deadline_at).toEqual(soon);
    expect(intendRemove(ledger, { ...resource, phase: 'deleting', deadline_at: null }, noon).change.deadline_at).toEqual(inSeconds(900));
  });
});

describe('what was made', () => {
  test.each<[string, string, Found['state'], boolean, boolean, 'ready' | 'waiting', string]>([
    ['a volume that is there', 'volume', 'ready', true, false, 'ready', 'The volume is made at lab'],
    ['one that is still made', 'volume', 'building', true, false, 'waiting', 'The volume is made at lab'],
    ['one that lacks parts', 'volume', 'ready', false, false, 'waiting', 'The volume is made at lab'],
    ['one that an earlier try made', 'volume', 'ready', true, true, 'ready', 'The volume was already made at lab'],
    ['a server, which is never there at once', 'server-front', 'ready', true, false, 'waiting', 'The server front is being built at lab'],
  ])('%s', (_, key, state, complete, adopted, phase, words) => {
    const { ledger, resource } = having(key, {
      observed: { replaced: 1, refused: 2, old: 'x' },
      problem,
      unclear: true,
      deadline_at: soon,
    });
    const write = made(ledger, resource, seen(state), complete, adopted, noon);
    expect(write.change).toEqual({
      phase,
      cloud_id: 'id-seen',
      observed: { replaced: 1, refused: 2, status: state, madeAt: noon.toISOString() },
      unclear: false,
      next_try_at: null,
      problem: null,
      ...(phase === 'ready' && { deadline_at: null }),
    });
    expect(told(write)).toEqual([`info: ${words}`]);
    expect(write.events?.[0]?.data).toMatchObject({ cloudId: 'id-seen' });
  });

  test('a lease that was there is not said to be made', () => {
    const spec = { kind: 'lease', start: 'now', end: '2030-01-02T00:00:00Z', hosts: 1 } as const;
    const { ledger, resource } = having('volume', { kind: 'lease', spec });
    expect(told(made(ledger, resource, seen('building'), true, false, noon))).toEqual([expect.stringContaining('is made at')]);
    const held = { ...resource, spec: { ...spec, held: { id: 'l', reservation: 'r' } } };
    expect(told(made(ledger, held, seen('building'), true, false, noon))).toEqual([expect.stringContaining('is there at')]);
  });

  test.each<[string, string, unknown, Write['node']]>([
    ['a port gives its node the private address', 'port-front', '10.0.0.10', { key: 'front', change: { private_address: '10.0.0.10' } }],
    [
      'a floating address is its node’s public one',
      'floatingIp-front',
      '192.0.2.1',
      { key: 'front', change: { public_address: '192.0.2.1' } },
    ],
    ['what is no address gives none', 'port-front', 'nonsense', { key: 'front', change: { private_address: null } }],
    ['a volume gives none', 'volume', '10.0.0.10', undefined],
  ])('%s', (_, key, address, node) => {
    const { ledger, resource } = having(key);
    expect(made(ledger, resource, seen('ready', { address }), true, false, noon).node).toEqual(node);
    expect(settled(ledger, resource, seen('ready', { address }), true, noon).node).toEqual(node);
  });

  test('an address of nobody in the plan changes no node', () => {
    const { ledger, resource } = having('port-front');
    expect(
      made(ledger, { ...resource, key: 'port-other' }, seen('ready', { address: '10.0.0.9' }), true, false, noon).node,
    ).toBeUndefined();
  });
});

describe('a server that is up', () => {
  test.each<[string, boolean, Found['state'], string, string]>([
    ['is heard from by itself', true, 'ready', 'callback', 'running'],
    ['is looked at over SSH', false, 'ready', 'ssh', 'running'],
    ['is stopped', true, 'stopped', 'callback', 'stopped'],
  ])('starts its node, which %s', (_, callback, state, channel, power) => {
    const { ledger, resource } = having('server-front', {
      phase: 'waiting',
      observed: { replaced: 1, old: 1 },
      problem,
      deadline_at: soon,
    });
    const write = settled(ledger, resource, seen(state), callback, noon);
    expect(write.change).toEqual({
      phase: 'ready',
      observed: { replaced: 1, status: state, power },
      next_try_at: null,
      deadline_at: null,
      problem: null,
    });
    expect(write.node).toEqual({
      key: 'front',
      onlyIn: ['pending', 'building'],
      change: { state: 'booting', channel, problem: null, deadline_at: inSeconds(900) },
    });
    expect(told(write)).toEqual(['info: The server front is running; front starts up']);
    expect(write.events?.[0]?.data).toMatchObject({ status: state });
  });

  test('has longer where it is hardware of its own', () => {
    const { ledger, resource } = having('server-front', { phase: 'waiting' });
    for (const node of ledger.deployment.plan.nodes) node.bareMetal = true;
    expect(settled(ledger, resource, seen('ready'), true, noon).node?.change.deadline_at).toEqual(inSeconds(1800));
  });

  test('is nothing that a volume is', () => {
    const { ledger, resource } = having('volume', { phase: 'waiting' });
    const write = settled(ledger, resource, seen('ready'), true, noon);
    expect(write.change.observed).toEqual({ status: 'ready' });
    expect(write.events).toEqual([]);
  });
});

describe('the power of a server', () => {
  const note = (found: Found, change: Partial<Resource>, more: { problem?: Problem | null; giveUp?: boolean } = {}) => {
    const { ledger, resource } = having('server-front', change);
    return noted(ledger, resource, { do: 'note', key: 'server-front', found, ...more }, true, noon);
  };
  const running = { status: 'ready', power: 'running', asked: 'stopped' };

  test('that is as before changes nothing but what is seen', () => {
    const write = note(seen('ready', { hostId: 'h' }), { observed: running });
    expect(write.change).toEqual({ observed: { ...running, hostId: 'h', missedAt: undefined } });
    expect([write.node, write.events]).toEqual([undefined, []]);
  });

  test('that is off stops its node, and what was asked is done', () => {
    const write = note(seen('stopped'), { observed: running, deadline_at: soon });
    expect(write.change).toEqual({
      observed: { status: 'stopped', power: 'stopped', missedAt: undefined },
      next_try_at: null,
      deadline_at: null,
    });
    expect(write.node).toEqual({ key: 'front', change: { state: 'stopped', deadline_at: null } });
    expect(told(write)).toEqual(['info: The server front is stopped']);
  });

  test('that is on again lets its node start up', () => {
    const write = note(seen('ready'), { observed: { power: 'stopped' } }, { problem: null });
    expect(write.node?.change).toMatchObject({ state: 'booting', channel: 'callback', deadline_at: inSeconds(900) });
    expect(write.change).toMatchObject({ problem: null });
    expect(told(write)).toEqual(['info: The server front is running']);
  });

  test('that changed by itself is a warning, and what was asked is dropped', () => {
    const write = note(seen('stopped'), { observed: running }, { problem, giveUp: true });
    expect(write.change).toMatchObject({ problem, next_try_at: null, deadline_at: null });
    expect(write.change.observed).not.toHaveProperty('asked');
    expect(write.node?.change).toEqual({ state: 'stopped', deadline_at: null, wanted: 'stopped' });
    expect(told(write)).toEqual(['warning: The server front is stopped', 'warning: Sign in again']);
  });

  test('that could not be changed is wanted no more', () => {
    const write = note(seen('ready'), { observed: running }, { problem, giveUp: true });
    expect(write.node?.change).toEqual({ wanted: 'running' });
    expect(write.change).toMatchObject({ next_try_at: null, deadline_at: null });
    expect(told(write)).toEqual(['warning: Sign in again']);
  });

  test('is not known while it changes, and a problem that is known is not said again', () => {
    const write = note(seen('building'), { observed: running, problem }, { problem });
    expect(write.change.observed).toMatchObject({ power: 'running', asked: 'stopped' });
    expect(write.events).toEqual([]);
  });

  test('says nothing of its node before the server is ready', () => {
    const write = note(seen('ready'), { phase: 'waiting', observed: {} });
    expect([write.node, write.events]).toEqual([undefined, []]);
    expect(write.change).not.toHaveProperty('deadline_at');
  });

  test('is none of a volume', () => {
    const { ledger, resource } = having('volume');
    const write = noted(ledger, resource, { do: 'note', key: 'volume', found: seen('ready') }, true, noon);
    expect(write.change.observed).toEqual({ status: 'ready', missedAt: undefined });
    expect(write.node).toBeUndefined();
  });

  test.each<['start' | 'stop', string, string]>([
    ['start', 'running', 'is being started'],
    ['stop', 'stopped', 'is being stopped'],
  ])('that is asked for by %s is asked again after a minute, for five', (power, asked, words) => {
    const { ledger, resource } = having('server-front', { observed: { power: 'x' }, problem });
    const write = powered(ledger, resource, { do: 'power', key: 'server-front', found: seen('ready'), power }, true, noon);
    expect(write.change).toEqual({
      observed: { power: 'x', asked },
      next_try_at: inSeconds(60),
      deadline_at: inSeconds(300),
      problem: null,
    });
    expect(write.node).toBeUndefined();
    expect(told(write)).toEqual([`info: The server front ${words}`]);
    const late = powered(ledger, { ...resource, deadline_at: soon }, { do: 'power', key: '', found: seen('ready'), power }, true, noon);
    expect(late.change.deadline_at).toEqual(soon);
  });

  test.each(['SOFT', 'HARD'] as const)('that goes off and on (%s) lets its node start up once', (power) => {
    const { ledger, resource } = having('server-front');
    const write = powered(ledger, resource, { do: 'power', key: 'server-front', found: seen('ready'), power }, false, noon);
    expect(write.change).toEqual({});
    expect(write.node?.change).toMatchObject({ state: 'booting', channel: 'ssh', reboot: null });
    expect(told(write)).toEqual(['info: The server front is being rebooted']);
  });
});

describe('what is gone', () => {
  test('and is made anew starts from nothing, and counts its tries', () => {
    const { ledger, resource } = having('server-front', {
      observed: { replaced: 1, refused: 1, old: 1 },
      unclear: true,
      deadline_at: soon,
    });
    const write = gone(ledger, resource, true);
    expect(write.change).toEqual({
      phase: 'planned',
      cloud_id: null,
      observed: { replaced: 2, refused: 1 },
      unclear: false,
      next_try_at: null,
      deadline_at: null,
    });
    expect(write.node).toMatchObject({ key: 'front', change: { state: 'pending' } });
    expect(told(write)).toEqual(['warning: The server front is made anew (try 3)']);
    expect(gone(standingLedger(), having('volume').resource, true).node).toBeUndefined();
  });

  test.each<[string, Partial<Resource>, string[]]>([
    ['was there', {}, ['info: The volume is gone from lab']],
    ['was asked for', { cloud_id: null, attempts: 1 }, ['info: The volume is gone from lab']],
    ['was never asked for', { cloud_id: null, attempts: 0 }, []],
    [
      'was not ours',
      { spec: { kind: 'lease', start: 'now', end: '', hosts: 1, held: { id: 'l', reservation: 'r' } } },
      ['info: The volume is left as it is at lab'],
    ],
  ])('and %s is said to be so', (_, change, said) => {
    const { ledger, resource } = having('volume', { ...change, problem });
    const write = gone(ledger, resource, false);
    expect(write.change).toEqual({ phase: 'gone', cloud_id: null, unclear: false, next_try_at: null, deadline_at: null, problem: null });
    expect(told(write)).toEqual(said);
  });
});

test('a way that was refused is counted, and the next is tried', () => {
  const { resource } = having('server-front', { observed: { refused: 1, replaced: 1 }, unclear: true, next_try_at: soon });
  const write = otherwise(resource, problem);
  expect(write.change).toEqual({ phase: 'planned', observed: { refused: 2, replaced: 1 }, unclear: false, next_try_at: null, problem });
  expect(told(write)).toEqual(['warning: The server front: Sign in again; trying another way']);
});

test('a place that can’t be reached is tried again in a moment, for a while, and said once', () => {
  const { resource } = having('server-front');
  const write = held(resource, problem, noon);
  expect(write.change).toEqual({ problem, next_try_at: inSeconds(5), deadline_at: inSeconds(90) });
  expect(told(write)).toEqual(['warning: Sign in again; trying again']);
  const again = held({ ...resource, problem, deadline_at: soon }, problem, noon);
  expect([again.change.deadline_at, again.events]).toEqual([soon, []]);
});

test('what a list does not show is noted with the moment', () => {
  const { resource } = having('volume', { observed: { status: 'ACTIVE' } });
  expect(missed(resource, noon).change).toEqual({ observed: { status: 'ACTIVE', missedAt: noon.toISOString() } });
});

test.each<[string, Record<string, unknown>, string, boolean, string]>([
  [
    'before its time',
    { end: inSeconds(60).toISOString() },
    noon.toISOString(),
    true,
    `was ended at lab before its time, which was ${inSeconds(60).toISOString()}`,
  ],
  ['in its time', { end: noon.toISOString() }, noon.toISOString(), false, 'has ended at lab'],
  ['long ago', { end: inSeconds(-60).toISOString() }, inSeconds(-60).toISOString(), false, 'has ended at lab'],
  ['at a time that nobody told', {}, noon.toISOString(), false, 'has ended at lab'],
])('a lease that is over %s has ended then', (_, observed, end, early, words) => {
  const { resource } = having('volume', { kind: 'lease', observed: { ...observed, missedAt: 'x' } });
  const write = over(resource, seen('leaving', { degraded: true }), noon);
  expect(write.change.observed).toEqual({ status: 'TERMINATED', end, degraded: true, missedAt: undefined });
  expect(told(write)).toEqual([expect.stringContaining(words)]);
  expect(write.events?.[0]).toMatchObject({ level: 'warning', data: { early } });
  expect(over(resource, undefined, noon).change.observed).not.toHaveProperty('degraded');
});
