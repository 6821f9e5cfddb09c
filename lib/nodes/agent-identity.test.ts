import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentRun, Listener, step } from './agent-harness';
import type { AgentConfig, AgentMessage } from './protocol';

let listener: Listener;
let callback: AgentConfig['callback'];
let run: AgentRun | undefined;

beforeEach(async () => {
  listener = new Listener();
  callback = await listener.start();
  listener.bundle = { steps: [step('a', 'echo "$PW" | wc -c', { env: { PW: 'hunter22' }, secretEnv: ['PW'] })], complete: true };
});
afterEach(async () => {
  await run?.remove();
  await listener.stop();
});

function start(change: Partial<AgentConfig> = {}): AgentRun {
  run = new AgentRun({ callback, ...change });
  writeFileSync(run.path('ssh/ssh_host_ed25519_key'), 'the key of the user data');
  run.start();
  return run;
}
const token = (agent: AgentRun): string => JSON.parse(readFileSync(agent.path('token.json'), 'utf8')).token;
const publicKey = (agent: AgentRun) => readFileSync(agent.path('ssh/ssh_host_ed25519_key.pub'), 'utf8').trim();
const isKey = (message: AgentMessage) => message.type === 'host-key';

describe('an agent', () => {
  it('makes itself known with what its user data holds, and speaks with a token of its own', async () => {
    const agent = start();
    expect(await listener.finished()).toMatchObject({ ok: true });
    const hash = createHash('sha256').update(token(agent)).digest('hex');
    expect(listener.introductions).toEqual([
      { identity: { token: hash, hostKey: expect.stringMatching(/^ssh-ed25519 /) }, authorization: 'Bearer once' },
    ]);
    expect([...listener.authorizations]).toEqual([`Bearer ${token(agent)}`]);
    expect(statSync(agent.path('token.json')).mode & 0o777).toBe(0o600);
  });

  it('replaces the host key of its user data, and says so when it is done', async () => {
    const agent = start();
    const told = await listener.until(isKey);
    expect(told).toMatchObject({ key: listener.introductions[0]?.identity.hostKey });
    expect(publicKey(agent)).toBe(listener.introductions[0]?.identity.hostKey);
    expect(readFileSync(agent.path('ssh/ssh_host_ed25519_key'), 'utf8')).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY/);
    expect(statSync(agent.path('ssh/ssh_host_ed25519_key')).mode & 0o777).toBe(0o600);
    await listener.finished();
    expect(existsSync(agent.path('host-key'))).toBe(false);
  });

  it('keeps neither its one-time token nor its steps once it is ready', async () => {
    const agent = start();
    await listener.finished();
    expect(JSON.parse(readFileSync(agent.path('config.json'), 'utf8'))).not.toHaveProperty('admission');
    expect(existsSync(agent.path('bundle.json'))).toBe(false);
  });

  it('comes with the same identity again where an answer was lost, also after a loss of power', async () => {
    listener.refusals.push('cut', 503, 'cut');
    const agent = start();
    await listener.until(isKey);
    await agent.kill();
    agent.start();
    expect(await listener.finished()).toMatchObject({ ok: true });
    const identities = new Set(listener.introductions.map(({ identity }) => JSON.stringify(identity)));
    expect({ times: listener.introductions.length, identities: identities.size }).toEqual({ times: 4, identities: 1 });
  });

  it('runs nothing while it is refused', async () => {
    listener.refusals.push(409, 409, 409);
    start();
    await listener.finished();
    expect(listener.introductions).toHaveLength(4);
    expect(listener.bundleRequests).toBe(1);
  });

  it('takes from SSH what it can’t call for: that it is known, and its steps', async () => {
    const agent = start({ callback: null });
    await agent.until('identity.json');
    const identity = JSON.parse(readFileSync(agent.path('identity.json'), 'utf8'));
    expect(readFileSync(agent.path('ssh/ssh_host_ed25519_key'), 'utf8')).toBe('the key of the user data');
    writeFileSync(agent.path('taken.json'), JSON.stringify({ token: 'of another' }));
    writeFileSync(agent.path('bundle.json'), JSON.stringify(listener.bundle));
    writeFileSync(agent.path('taken.json'), JSON.stringify({ token: identity.token }));
    await agent.until('ssh/ssh_host_ed25519_key.pub');
    expect(publicKey(agent)).toBe(identity.hostKey);
    await agent.says((message) => message.type === 'finished');
    expect(agent.spool().filter(isKey)).toEqual([expect.objectContaining({ key: identity.hostKey })]);
    expect(existsSync(agent.path('bundle.json'))).toBe(false);
  });
});
