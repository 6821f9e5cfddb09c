import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { Secret } from '@/lib/core/secret';
import { agentDirectory } from '../protocol';
import { generateKeyPair } from '../secrets/ssh-key';
import type { PoolTarget } from './pool';

/** A real SSH server on this machine that stands for a node: commands run here, with the agent's folder in a temporary one. For tests. */
export class SshNode {
  readonly folder = mkdtempSync(join(tmpdir(), 'transat-node-'));
  readonly hostKey = generateKeyPair().reveal();
  readonly loginKey = generateKeyPair().reveal();
  /** connections that were admitted so far, and that stand now */
  logins = 0;
  open = 0;
  readonly #clients = new Set<ssh2.Connection>();
  readonly #server: ssh2.Server;
  #port = 0;

  constructor() {
    // sudo asks for nothing here, as on a cloud image
    writeFileSync(join(this.folder, 'sudo'), '#!/bin/sh\nshift\nexec "$@"\n');
    chmodSync(join(this.folder, 'sudo'), 0o755);
    this.#server = new ssh2.Server({ hostKeys: [this.hostKey.private] }, (client) => this.#serve(client));
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    // it listens on an IP port, so its address is an object
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    this.drop();
    this.#server.close();
    await once(this.#server, 'close');
    rmSync(this.folder, { recursive: true });
  }

  /** Breaks all connections. */
  drop(): void {
    for (const client of this.#clients) client.end();
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  target(key: string, via?: PoolTarget): PoolTarget {
    const privateKey = new Secret(this.loginKey.private);
    return {
      key,
      address: '127.0.0.1',
      port: this.#port,
      user: 'debian',
      privateKey,
      hostKeys: [this.hostKey.public],
      reach: { allowPrivate: true },
      via,
    };
  }

  #serve(client: ssh2.Connection): void {
    this.#clients.add(client);
    client.on('error', () => {});
    client.on('close', () => {
      this.open -= this.#clients.delete(client) ? 1 : 0;
    });
    this.open += 1;
    client.on('authentication', (context) => {
      const mine = ssh2.utils.parseKey(this.loginKey.public);
      if (mine instanceof Error || context.method !== 'publickey' || context.username !== 'debian') return context.reject(['publickey']);
      if (!context.key.data.equals(mine.getPublicSSH())) return context.reject(['publickey']);
      if (context.signature && context.blob && mine.verify(context.blob, context.signature, context.hashAlgo) !== true)
        return context.reject();
      context.accept();
    });
    client.on('ready', () => {
      this.logins += 1;
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => this.#run(acceptExec(), command));
    });
    client.on('tcpip', (accept, reject, info) => {
      const socket = connect(info.destPort, info.destIP);
      socket.once('error', () => reject());
      socket.once('connect', () => {
        const channel = accept();
        socket.pipe(channel).pipe(socket);
        socket.on('error', () => channel.close());
      });
    });
  }

  #run(channel: ssh2.ServerChannel, command: string): void {
    const env = { ...process.env, PATH: `${this.folder}:${process.env.PATH}` };
    const child = spawn('sh', ['-c', command.replaceAll(agentDirectory, this.folder)], { env });
    // one that reads nothing may be gone before all is written
    child.stdin.on('error', () => {});
    channel.pipe(child.stdin);
    child.stdout.pipe(channel, { end: false });
    child.stderr.pipe(channel.stderr, { end: false });
    channel.on('close', () => child.kill());
    child.on('close', (code) => {
      channel.exit(code ?? 255);
      channel.end();
    });
  }
}
