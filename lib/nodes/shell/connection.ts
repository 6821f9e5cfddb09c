import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { Secret } from '@/lib/core/secret';
import { hostKeyRefused, unreachable } from './problems';
import { checkReach, type Reach, silent } from './reach';

export interface ShellTarget {
  address: string;
  port?: number;
  user: string;
  /** OpenSSH text of the private key that the node admits */
  privateKey: Secret;
  /** public halves of host keys that the node may have, as lines of OpenSSH; anything else that answers is refused */
  hostKeys: readonly string[];
  /** where its site may have nodes */
  reach: Reach;
}

/** A connection that stands. `hostKey`: which of the expected ones answered */
export interface Connected {
  client: ssh2.Client;
  hostKey: string;
}

/** Seconds until a connection is given up while it is being made. */
const CONNECT_SECONDS = 20;
/** A connection that answers nothing for three times so many seconds is dead. */
const KEEPALIVE_SECONDS = 10;

type Sleep = (ms: number) => Promise<void>;
const sleep: Sleep = (ms) => wait(ms, undefined, { ref: false });

/**
 * Opens an SSH connection, by way of another one where given (as `ssh -J`). Where a person named the site, every failure before the node has
 * proved to be it takes the same time and has the same words.
 * @throws AppError `node-unreachable`: nothing answers, another host key, or the login is refused; `site-address-refused`
 */
export async function connect(target: ShellTarget, via?: ssh2.Client, rest: Sleep = sleep): Promise<Connected> {
  const began = performance.now();
  const known: { hostKey?: string } = {};
  try {
    checkReach(target, via !== undefined);
    return await open(target, known, via);
  } catch (error) {
    if (!target.reach.discreet || known.hostKey !== undefined) throw error;
    await rest(Math.max(0, CONNECT_SECONDS * 1000 - (performance.now() - began)));
    throw silent(target);
  }
}

async function open(target: ShellTarget, known: { hostKey?: string }, via?: ssh2.Client): Promise<Connected> {
  const sock = via && (await tunnel(via, target));
  const client = new ssh2.Client();
  let otherKey = false;
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => reject(otherKey ? hostKeyRefused(target) : unreachable(target, error));
    client.once('ready', resolve);
    client.once('error', fail);
    client.once('close', () => fail(new Error('the connection was closed')));
    client.connect({
      host: target.address,
      port: target.port ?? 22,
      sock,
      username: target.user,
      privateKey: target.privateKey.reveal(),
      readyTimeout: CONNECT_SECONDS * 1000,
      keepaliveInterval: KEEPALIVE_SECONDS * 1000,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: ['ssh-ed25519'] },
      hostVerifier: (key: Buffer) => {
        known.hostKey = target.hostKeys.find((expected) => key.equals(keyBytes(expected)));
        otherKey = known.hostKey === undefined;
        return !otherKey;
      },
    });
  }).catch((error: unknown) => {
    client.destroy();
    throw error;
  });
  // An error after this closes the connection; whoever waits for an answer learns of it by the close.
  client.on('error', () => client.destroy());
  if (known.hostKey === undefined) throw hostKeyRefused(target);
  return { client, hostKey: known.hostKey };
}

function tunnel(via: ssh2.Client, target: ShellTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unreachable(target, new Error('timed out by way of the front-end'))), CONNECT_SECONDS * 1000);
    const fail = (error: Error) => reject(unreachable(target, error));
    via.once('close', () => fail(new Error('the connection to the front-end was closed')));
    via.forwardOut('127.0.0.1', 0, target.address, target.port ?? 22, (error, channel) => (error ? fail(error) : resolve(channel)));
    timer.unref();
  });
}

function keyBytes(line: string): Buffer {
  return Buffer.from(line.trim().split(/\s+/)[1] ?? '', 'base64');
}
