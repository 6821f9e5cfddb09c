import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShellPool, type ShellPool } from './pool';
import { SshNode } from './ssh-server';

let front: SshNode;
let behind: SshNode;
let pool: ShellPool;
beforeEach(async () => {
  [front, behind] = await Promise.all([new SshNode().start(), new SshNode().start()]);
  pool = createShellPool(60);
});
afterEach(async () => {
  vi.useRealTimers();
  pool.close();
  await Promise.all([front.stop(), behind.stop()]);
});
const echo = (shell: { exec: (command: string) => Promise<{ stdout: string }> }) => shell.exec('echo here').then(({ stdout }) => stdout);

describe('the pool of shells', () => {
  it('opens one connection for all who use a node at the same time, and keeps it', async () => {
    const target = front.target('front');
    expect(await Promise.all(Array.from({ length: 5 }, () => pool.use(target, echo)))).toEqual(Array(5).fill('here\n'));
    await pool.use(target, echo);
    expect(front.logins).toBe(1);
  });

  it('shares the way through the front-end', async () => {
    const via = front.target('front');
    await Promise.all(['b-1', 'b-2', 'b-3'].map((key) => pool.use(behind.target(key, via), echo)));
    expect({ front: front.logins, behind: behind.logins }).toEqual({ front: 1, behind: 3 });
  });

  it('opens anew what broke', async () => {
    const target = front.target('front');
    await pool.use(target, async (shell) => {
      const gone = new Promise<void>((resolve) => shell.client.once('close', () => resolve()));
      front.drop();
      await gone;
    });
    expect(await pool.use(target, echo)).toBe('here\n');
    expect(front.logins).toBe(2);
  });

  it('opens anew for a node that was set up anew, and does not keep a failure', async () => {
    const target = front.target('front');
    await pool.use(target, echo);
    await expect(pool.use({ ...target, hostKeys: [behind.hostKey.public] }, echo)).rejects.toMatchObject({ code: 'node-unreachable' });
    expect(await pool.use(target, echo)).toBe('here\n');
  });

  it('keeps a connection while the key that answered is among those expected', async () => {
    const target = front.target('front');
    const both = { ...target, hostKeys: [behind.hostKey.public, ...target.hostKeys] };
    expect(await pool.use(both, async ({ hostKey }) => hostKey)).toBe(front.hostKey.public);
    await pool.use(target, echo);
    expect(front.logins).toBe(1);
  });

  it('closes what nobody has used for a while, and never what is in use', async () => {
    const target = front.target('front');
    const { client } = await pool.use(target, async (shell) => shell);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await pool.use(target, async () => {
      vi.advanceTimersByTime(120_000);
      expect(front.open).toBe(1);
    });
    vi.advanceTimersByTime(61_000);
    vi.useRealTimers();
    await closed;
  });
});
