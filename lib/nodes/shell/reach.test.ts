import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { generateKeyPair } from '../secrets/ssh-key';
import { connect, type ShellTarget } from './connection';
import { checkReach } from './reach';
import { SshNode } from './ssh-server';

const open = { allowPrivate: true };
describe('where SSH goes', () => {
  test.each([
    ['a public address', '147.251.10.1', {}, false, true],
    ['a private one that the operator opened', '10.0.0.4', open, false, true],
    ['a private one in a range that they opened', '10.0.0.4', { allowedRanges: ['10.0.0.0/24'] }, false, true],
    ['a private one beside that range', '10.0.1.4', { allowedRanges: ['10.0.0.0/24'] }, false, false],
    ['a private one', '10.0.0.4', {}, false, false],
    ['a private one behind a front-end', '10.0.0.4', {}, true, true],
    ['this very machine', '127.0.0.1', {}, false, false],
    ['this very machine, mapped', '::ffff:127.0.0.1', {}, false, false],
    ['the metadata service, whatever is opened', '169.254.169.254', { ...open, allowedRanges: ['0.0.0.0/0'] }, false, false],
    ['a name', 'localhost', open, false, false],
    ['a name behind a front-end', 'localhost', {}, true, false],
    ['an address with a zone', 'fe80::1%eth0', open, true, false],
  ])('%s', (_name, address, reach, isBehind, goes) => {
    const check = () => checkReach({ address, reach }, isBehind);
    if (goes) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'site-address-refused' }));
  });
});

describe('at a site that a person named', () => {
  let node: SshNode;
  beforeEach(async () => {
    node = await new SshNode().start();
  });
  afterEach(() => node.stop());

  async function closedPort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    return typeof address === 'object' && address ? address.port : 0;
  }
  async function failure(target: ShellTarget): Promise<{ told: unknown; rested: number[] }> {
    const rested: number[] = [];
    const rest = async (ms: number) => void rested.push(ms);
    const told = await connect(target, undefined, rest).catch((error: unknown) => AppError.from(error).toProblem());
    return { told, rested };
  }

  test('a refused address, a closed port and a strange machine are told in the same words, after the same time', async () => {
    const target = { ...node.target('a'), reach: { ...open, discreet: true } };
    const failures = await Promise.all([
      failure({ ...target, reach: { discreet: true } }),
      failure({ ...target, port: await closedPort() }),
      failure({ ...target, hostKeys: [generateKeyPair().reveal().public] }),
    ]);
    const [first] = failures;
    expect(first?.told).toMatchObject({ code: 'node-unreachable', upstream: { message: 'no answer' } });
    for (const { told, rested } of failures) {
      expect(told).toEqual(first?.told);
      // with the time that the try took, always the same
      expect(rested).toHaveLength(1);
      expect(rested[0]).toBeGreaterThan(10_000);
      expect(rested[0]).toBeLessThanOrEqual(20_000);
    }
  });

  test('of a machine that has proved to be the node everything is told', async () => {
    const target = { ...node.target('a'), reach: { ...open, discreet: true } };
    const { client, hostKey } = await connect(target);
    client.end();
    expect(hostKey).toBe(node.hostKey.public);
    const { told, rested } = await failure({ ...target, user: 'nobody' });
    expect(told).toMatchObject({ code: 'node-unreachable', cause: expect.stringContaining('refuses the deployment') });
    expect(rested).toEqual([]);
  });
});
