import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import type { Bundle, Identity } from '@/lib/nodes/protocol';
import { generateKeyPair } from '@/lib/nodes/secrets/ssh-key';
import { createShellPool } from '@/lib/nodes/shell/pool';
import { SshNode } from '@/lib/nodes/shell/ssh-server';
import type { Visit } from './node-reader';
import { readOverSsh } from './over-ssh';

// A real SSH server, whose commands run here with the agent's folder in a temporary one.
let node: SshNode;
const pool = createShellPool();
const read = readOverSsh(pool);
beforeEach(async () => {
  node = await new SshNode().start();
});
afterEach(async () => {
  pool.forget('a');
  await node.stop();
});
afterAll(() => pool.close());

const at = '2030-01-01T00:00:00.000Z';
const identity: Identity = { token: 'a'.repeat(64), hostKey: generateKeyPair().reveal().public };
const bundle = new Secret<Bundle>({ complete: true, steps: [] });
const visit = (more: Partial<Visit> = {}) => read(node.target('a'), { after: 0, ...more });
const has = (name: string) => existsSync(node.path(name));
const say = (...messages: object[]) =>
  appendFileSync(node.path('messages.jsonl'), messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
const output = (seq: number, text = 'x') => ({ seq, at, type: 'output', step: 'set-up', text });
const finished = (seq: number) => ({ seq, at, type: 'finished', ok: true });

test('an agent that has not begun is handed nothing', async () => {
  const met: Identity[] = [];
  expect(await visit({ bundle, introduce: async (who) => void met.push(who) })).toEqual([]);
  expect([met, has('taken.json'), has('bundle.json')]).toEqual([[], false, false]);
});

test('an agent is taken in by what it has made, with the host key of its machine, before it is told so and handed its steps', async () => {
  writeFileSync(node.path('identity.json'), JSON.stringify(identity));
  const met: unknown[] = [];
  await visit({
    bundle,
    introduce: async (who, hostKey) => void met.push(who, hostKey, has('taken.json'), has('bundle.json')),
  });
  expect(met).toEqual([identity, node.hostKey.public, false, false]);
  expect(JSON.parse(readFileSync(node.path('taken.json'), 'utf8'))).toEqual({ token: identity.token });
  expect(JSON.parse(readFileSync(node.path('bundle.json'), 'utf8'))).toEqual({ complete: true, steps: [] });
});

test('an agent that is refused is told nothing', async () => {
  writeFileSync(node.path('identity.json'), JSON.stringify(identity));
  await expect(visit({ bundle, introduce: () => Promise.reject(new Error('spent')) })).rejects.toThrow('spent');
  expect([has('taken.json'), has('bundle.json')]).toEqual([false, false]);
});

test('what it says is brought back from where one was', async () => {
  say(output(1), output(2), output(3));
  expect((await visit({ after: 1 })).map(({ seq }) => seq)).toEqual([2, 3]);
});

test('it is asked to run again', async () => {
  await visit({ bundle, run: { from: 'set-up' } });
  expect(JSON.parse(readFileSync(node.path('run.json'), 'utf8'))).toEqual({ from: 'set-up' });
  expect(has('bundle.json')).toBe(true);
});

test.each([
  ['no steps stay on a node whose run has ended, also where they were handed over after', { bundle }, [finished(1)], false],
  ['nor where they lay there before', {}, [output(1), finished(2)], false],
  ['they stay while it is at work', { bundle }, [output(1)], true],
  ['and where it is asked to run again', { bundle, run: { from: 'set-up' } }, [finished(1)], true],
])('%s', async (_what, more, messages, stay) => {
  writeFileSync(node.path('bundle.json'), '{}');
  say(...messages);
  await visit(more);
  expect(has('bundle.json')).toBe(stay);
});

test.each([
  ['a NUL in what a step printed', () => say(output(1, 'a\u0000b')), ['ab']],
  ['half of a character', () => say(output(1, 'a\ud83d')), ['a\ufffd']],
  [
    'NULs that a loss of power left in the file',
    () => {
      say(output(1, 'one'));
      appendFileSync(node.path('messages.jsonl'), '\u0000\u0000\u0000');
      say(output(2, 'two'));
    },
    ['one', 'two'],
  ],
] as const)('%s is cleaned, since no database takes it', async (_what, says, texts) => {
  says();
  expect((await visit()).map((message) => message.type === 'output' && message.text)).toEqual(texts);
});
