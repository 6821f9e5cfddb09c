import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { generateKeyPair } from '../secrets/ssh-key';
import { type NodeShell, openNodeShell } from './node-shell';
import { SshNode } from './ssh-server';

let node: SshNode;
const shells: NodeShell[] = [];
beforeEach(async () => {
  node = await new SshNode().start();
});
afterEach(async () => {
  for (const shell of shells.splice(0)) shell.close();
  await node.stop();
});
async function open(...how: Parameters<typeof openNodeShell>): Promise<NodeShell> {
  const shell = await openNodeShell(...how);
  shells.push(shell);
  return shell;
}
const line = (seq: number, text = 'x') => `${JSON.stringify({ seq, at: '2026-01-02T03:04:05.678Z', type: 'output', step: 'a', text })}\n`;

describe('a shell on a node', () => {
  it('runs commands and gives what they print, with their exit code', async () => {
    const shell = await open(node.target('a'));
    expect(await shell.exec('cat; echo bad >&2; exit 3', { input: 'héllo' })).toEqual({ code: 3, stdout: 'héllo', stderr: 'bad\n' });
  });

  it('cuts off what a command prints beyond the limit', async () => {
    const shell = await open(node.target('a'));
    expect((await shell.exec('yes | head -c 5000000', { maxBytes: 1000 })).stdout).toHaveLength(1000);
  });

  it('gives up a command that takes too long', async () => {
    const shell = await open(node.target('a'));
    await expect(shell.exec('sleep 60', { timeoutSeconds: 0.2 })).rejects.toMatchObject({ code: 'deadline-passed' });
  });

  it('sends nothing to a machine with another host key', async () => {
    const target = { ...node.target('a'), hostKeys: [generateKeyPair().reveal().public] };
    await expect(open(target)).rejects.toMatchObject({ code: 'node-unreachable', title: expect.stringContaining('Another machine') });
    expect(node.logins).toBe(0);
  });

  it('says that the login was refused', async () => {
    const target = { ...node.target('a'), privateKey: new Secret(generateKeyPair().reveal().private) };
    await expect(open(target)).rejects.toMatchObject({ code: 'node-unreachable', cause: expect.stringContaining('refuses') });
  });

  it('says that nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(open({ ...node.target('a'), port })).rejects.toMatchObject({
      code: 'node-unreachable',
      cause: expect.stringContaining('does not run yet'),
    });
  });

  it('tells a command that waits when the connection breaks', async () => {
    const shell = await open(node.target('a'));
    const waiting = shell.exec('sleep 60');
    await shell.exec('true');
    node.drop();
    await expect(waiting).rejects.toMatchObject({ code: 'node-unreachable' });
    expect(shell.isOpen()).toBe(false);
  });

  it('goes by way of another node, with both host keys checked', async () => {
    const behind = await new SshNode().start();
    const front = await open(node.target('front'));
    const shell = await open(behind.target('behind'), front);
    expect((await shell.exec('echo there')).stdout).toBe('there\n');
    await expect(open({ ...behind.target('behind'), hostKeys: [node.hostKey.public] }, front)).rejects.toMatchObject({
      title: expect.stringContaining('Another machine'),
    });
    await expect(open({ ...behind.target('behind'), port: 1 }, front)).rejects.toMatchObject({ code: 'node-unreachable' });
    shell.close();
    await behind.stop();
  });
});

describe('the messages of an agent', () => {
  it('are none while there is no spool, then those after a seq, and never a line that is being written', async () => {
    const shell = await open(node.target('a'));
    expect(await shell.readMessages(0)).toEqual([]);
    writeFileSync(node.path('messages.jsonl'), line(1) + line(2, 'ñ') + line(3));
    appendFileSync(node.path('messages.jsonl'), line(4).slice(0, 30));
    expect((await shell.readMessages(1)).map((message) => message.seq)).toEqual([2, 3]);
    expect(await shell.readMessages(3)).toEqual([]);
  });

  it('come in pieces where there are many', async () => {
    writeFileSync(node.path('messages.jsonl'), Array.from({ length: 1200 }, (_, index) => line(index + 1, 'x'.repeat(15_000))).join(''));
    const shell = await open(node.target('a'));
    const seen: number[] = [];
    for (let batch = await shell.readMessages(0); batch.length > 0; batch = await shell.readMessages(seen.length))
      seen.push(...batch.map((message) => message.seq));
    expect(seen).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1));
  });

  it('are refused in another form', async () => {
    writeFileSync(node.path('messages.jsonl'), '{"seq":1,"type":"evil"}\n');
    const shell = await open(node.target('a'));
    await expect(shell.readMessages(0)).rejects.toMatchObject({ code: 'node-unreachable', upstream: { service: 'agent' } });
  });
});

describe('what an agent is known by', () => {
  const identity = { token: 'ab'.repeat(32), hostKey: generateKeyPair().reveal().public };

  it('is none before it has begun; it is told that it was stored', async () => {
    const shell = await open(node.target('a'));
    expect(await shell.readIdentity()).toBeNull();
    writeFileSync(node.path('identity.json'), JSON.stringify(identity));
    expect(await shell.readIdentity()).toEqual(identity);
    await shell.putTaken(identity);
    expect(JSON.parse(readFileSync(node.path('taken.json'), 'utf8'))).toEqual({ token: identity.token });
  });

  it.each([
    ['no JSON', '{'],
    ['another kind of key', JSON.stringify({ ...identity, hostKey: 'ssh-rsa AAAA' })],
    ['two lines', JSON.stringify({ ...identity, hostKey: `${identity.hostKey}\n${identity.hostKey}` })],
  ])('is refused in another form: %s', async (_, text) => {
    writeFileSync(node.path('identity.json'), text);
    const shell = await open(node.target('a'));
    await expect(shell.readIdentity()).rejects.toMatchObject({ code: 'node-unreachable', upstream: { service: 'agent' } });
  });
});

describe('what a node tells of a queue', () => {
  const report = { waiting: 1, wanted: 2, machines: [{ name: 'w1', state: 'idle' as const }] };

  it('is what it wrote last, where that is of now', async () => {
    const shell = await open(node.target('a'));
    expect(await shell.readQueue('workers')).toBeNull();
    writeFileSync(node.path('queue-workers.json'), JSON.stringify(report));
    expect(await shell.readQueue('workers')).toEqual(report);
    expect(await shell.readQueue(`others'; touch ${node.path('hacked')}; '`)).toBeNull();
    expect(existsSync(node.path('hacked'))).toBe(false);
    const longAgo = Date.now() / 1000 - 600;
    utimesSync(node.path('queue-workers.json'), longAgo, longAgo);
    expect(await shell.readQueue('workers')).toBeNull();
  });

  it('is refused in another form', async () => {
    writeFileSync(node.path('queue-workers.json'), JSON.stringify({ ...report, wanted: -1 }));
    const shell = await open(node.target('a'));
    await expect(shell.readQueue('workers')).rejects.toMatchObject({ code: 'node-unreachable' });
  });
});

describe('what an agent is told', () => {
  it('is there as a whole, for root alone', async () => {
    const shell = await open(node.target('a'));
    const script = `echo '"$(reboot)"\n'`.repeat(20_000);
    const steps = [{ name: 'a', title: 'A', script, env: { PW: 'x' }, secretEnv: ['PW'], downloads: [], timeoutSeconds: 1, attempts: 1 }];
    await shell.putBundle(new Secret({ steps, complete: true }));
    expect(JSON.parse(readFileSync(node.path('bundle.json'), 'utf8'))).toEqual({ steps, complete: true });
    expect(statSync(node.path('bundle.json')).mode & 0o777).toBe(0o600);
    await shell.requestRun({ from: `a'; touch ${node.path('hacked')}; '` });
    expect(JSON.parse(readFileSync(node.path('run.json'), 'utf8'))).toEqual({ from: `a'; touch ${node.path('hacked')}; '` });
    expect(existsSync(node.path('hacked'))).toBe(false);
  });

  it('fails in plain words where nobody may act as root', async () => {
    writeFileSync(node.path('sudo'), '#!/bin/sh\necho "sudo: a password is required" >&2\nexit 1\n');
    const shell = await open(node.target('a'));
    await expect(shell.requestRun({ from: 'a' })).rejects.toMatchObject({ upstream: { message: 'sudo: a password is required' } });
  });
});
