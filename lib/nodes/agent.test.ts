import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentRun, Listener, step } from './agent-harness';
import { type AgentConfig, preparationStep, type Step } from './protocol';

let listener: Listener;
let callback: AgentConfig['callback'];
let run: AgentRun | undefined;

beforeEach(async () => {
  listener = new Listener();
  callback = await listener.start();
});
afterEach(async () => {
  await run?.remove();
  await listener.stop();
});

function start(steps: Step[] | null, change: Partial<AgentConfig> = {}): AgentRun {
  listener.bundle = steps && { steps, complete: true };
  run = new AgentRun({ callback, ...change });
  run.start();
  return run;
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const ended = (name: string) =>
  listener.messages.flatMap((m) => (m.type === 'step-ended' && m.step === name ? [{ exitCode: m.exitCode, again: m.again }] : []));
const started = () => listener.messages.flatMap((m) => (m.type === 'step-started' ? [m.step] : []));

describe('the agent', () => {
  it('tells what the machine is, readies it, runs the steps in order, and tells their outputs', async () => {
    const agent = start([
      step('a', 'log "hello $NAME"; output one 1; output several "$(printf "x\\ny")"', { env: { NAME: 'world' } }),
      step('b', 'echo "plain=with=equals" >>"$TRANSAT_OUTPUTS"; echo "not an output" >>"$TRANSAT_OUTPUTS"; pwd; echo "$HOME $LANG"'),
    ]);
    expect(await listener.finished()).toMatchObject({ ok: true });
    expect(listener.messages[0]).toMatchObject({ type: 'facts', facts: { cpus: expect.any(Number), os: expect.any(String) } });
    expect(started()).toEqual([preparationStep, 'a', 'b']);
    expect(listener.printed('a')).toMatch(/^\[\d\d:\d\d:\d\d\] hello world\n$/);
    expect(listener.printed('b')).toContain('/root C.UTF-8\n');
    const outputs = listener.messages.flatMap((m) => (m.type === 'outputs' ? [m.values] : []));
    expect(outputs).toEqual([{ one: '1', several: 'x\ny' }, { plain: 'with=equals' }]);
    expect(listener.messages.map((m) => m.seq)).toEqual(listener.messages.map((_, index) => index + 1));
    expect(agent.spool()).toEqual(listener.messages);
    expect(readFileSync(agent.path('hosts'), 'utf8')).toContain('10.0.0.4 web\n');
  });

  it('tries a step again as often as it may, gives up, and starts again from there when asked', async () => {
    const agent = start([
      step('a', 'echo a'),
      step('b', 'echo "try"; test -e "$FLAG"', { attempts: 2, env: { FLAG: '/nonexistent' } }),
      step('c', 'echo c'),
    ]);
    expect(await listener.finished()).toMatchObject({ ok: false, step: 'b' });
    expect(ended('b')).toEqual([
      { exitCode: 1, again: true },
      { exitCode: 1, again: false },
    ]);
    expect(started()).not.toContain('c');
    // the bundle that comes with the retry is newer than what the machine was started with
    listener.bundle = { steps: [step('a', 'echo a'), step('b', 'echo better'), step('c', 'echo c')], complete: true };
    const before = listener.messages.length;
    listener.answers.push({ run: { from: 'b' } });
    expect(await listener.finished(before)).toMatchObject({ ok: true });
    expect(started()).toEqual([preparationStep, 'a', 'b', 'b', 'b', 'c']);
    expect(agent.spool()).toHaveLength(listener.messages.length);
  });

  it('runs some steps again, or none, and learns who the other nodes are now, and goes on knowing it after a boot', async () => {
    const steps = [step('a', 'echo a'), step('b', 'echo b'), step('c', 'echo c')];
    const agent = start(steps);
    await listener.finished();
    const asked = async (only: string[], peers: Record<string, string>) => {
      listener.bundle = { steps, complete: true, peers };
      const before = listener.messages.length;
      listener.answers.push({ run: { from: only[0] ?? 'c', only } });
      expect(await listener.finished(before)).toMatchObject({ ok: true });
      return readFileSync(agent.path('hosts'), 'utf8');
    };
    expect(await asked(['a'], { web: '10.0.0.4', more: '10.0.0.9' })).toContain('10.0.0.9 more\n');
    expect(started()).toEqual([preparationStep, 'a', 'b', 'c', 'a']);
    const hosts = await asked([], { more: '10.0.0.9' });
    expect(hosts).toContain('10.0.0.9 more\n');
    expect(hosts).not.toContain('web');
    expect(started()).toHaveLength(5);
    expect(JSON.parse(readFileSync(agent.path('config.json'), 'utf8')).peers).toEqual({ more: '10.0.0.9' });
  });

  it('ends what it runs, with all that it started, for another run that says so, and takes no run twice', async () => {
    const waits = step('leave', 'echo waiting; sleep 300 & echo $! >"$TRANSAT_FILES/pid"; sleep 300', { attempts: 3 });
    const agent = start([waits]);
    await listener.until((m) => m.type === 'output' && m.step === 'leave');
    listener.bundle = { steps: [step('leave', 'echo they stay')], complete: true };
    listener.answers.push(
      { run: { from: 'leave', only: ['leave'], number: 1 } },
      { run: { from: 'leave', only: ['leave'], number: 2, ends: true } },
    );
    // both were asked for while a step ran: only the second says that it ends
    listener.answers.push({ run: { from: 'leave', only: ['leave'], number: 2, ends: true } });
    writeFileSync(agent.path('run.json'), '{"from":"leave","only":["leave"],"number":1}');
    expect(await listener.finished()).toMatchObject({ ok: true, run: 2 });
    const told = listener.messages.flatMap((m) => (m.type === 'step-ended' && m.step === 'leave' ? [[m.run, m.exitCode, m.again]] : []));
    expect(told).toEqual([
      [0, 130, false],
      [2, 0, false],
    ]);
    expect(existsSync(`/proc/${readFileSync(agent.path('steps/leave/files/pid'), 'utf8').trim()}`)).toBe(false);
    const before = listener.messages.length;
    writeFileSync(agent.path('run.json'), '{"from":"leave","number":2,"ends":true}');
    listener.answers.push({ run: { from: 'leave', only: [], number: 3 } });
    expect(await listener.finished(before)).toMatchObject({ run: 3 });
    expect(started()).toEqual([preparationStep, 'leave', 'leave']);
  });

  it('is called off over SSH as well', async () => {
    const agent = start([step('leave', 'echo waiting; sleep 300')]);
    await listener.until((m) => m.type === 'output' && m.step === 'leave');
    listener.bundle = { steps: [step('leave', 'echo they stay')], complete: true };
    writeFileSync(agent.path('run.json'), '{"from":"leave","only":["leave"],"number":1,"ends":true}');
    expect(await listener.finished()).toMatchObject({ ok: true, run: 1 });
    expect(listener.printed('leave')).toContain('takes the place of this one.\nthey stay\n');
  });

  describe('on a machine with a firewall of its own', () => {
    const rule = (cidr: string) => ({ protocol: 'tcp' as const, fromPort: 22, toPort: 22, cidr });
    const steps = [step('a', 'echo a')];
    let bin: string;
    beforeEach(() => {
      bin = mkdtempSync(join(tmpdir(), 'transat-firewall-'));
      const script = `#!/bin/sh\necho "$*" >>${bin}/log\ncase "$*" in --reload) test ! -e ${bin}/broken ;; esac\n`;
      writeFileSync(join(bin, 'firewall-cmd'), script, { mode: 0o755 });
      vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      rmSync(bin, { recursive: true });
    });

    async function asked(cidr: string, number: number) {
      writeFileSync(join(bin, 'log'), '');
      listener.bundle = { steps, complete: true, firewall: [rule(cidr)] };
      const before = listener.messages.length;
      listener.answers.push({ run: { from: 'a', only: [], number } });
      const { ok } = (await listener.finished(before)) as { ok?: boolean };
      const said = readFileSync(join(bin, 'log'), 'utf8').matchAll(/--(add|remove)-rich-rule=.*?address="(.*?)"/g);
      return { ok, commands: [...said].map(([, what, who]) => `${what} ${who}`) };
    }

    it('opens it to who comes, and shuts out who goes, before the steps run', async () => {
      const agent = start(steps, { firewall: [rule('10.0.0.5/32')] });
      await listener.finished();
      expect(await asked('10.0.0.9/32', 1)).toEqual({ ok: true, commands: ['add 10.0.0.9/32', 'remove 10.0.0.5/32'] });
      expect(await asked('10.0.0.9/32', 2)).toEqual({ ok: true, commands: [] });
      await agent.kill();
      agent.start();
      expect(await asked('10.0.0.7/32', 3)).toEqual({ ok: true, commands: ['add 10.0.0.7/32', 'remove 10.0.0.9/32'] });
    });

    it('lets in whom it let in before, and nobody else, where that failed half-way and was called off', async () => {
      start(steps, { firewall: [rule('10.0.0.5/32')] });
      await listener.finished();
      writeFileSync(join(bin, 'broken'), '');
      expect(await asked('10.0.0.9/32', 1)).toMatchObject({ ok: false });
      rmSync(join(bin, 'broken'));
      expect(await asked('10.0.0.5/32', 2)).toEqual({ ok: true, commands: ['add 10.0.0.5/32', 'remove 10.0.0.9/32'] });
      expect(await asked('10.0.0.5/32', 3)).toEqual({ ok: true, commands: [] });
    });

    it('leaves open to nobody what it opened on a way that was not gone to its end', async () => {
      const agent = start(steps, { firewall: [rule('10.0.0.5/32')] });
      await listener.finished();
      writeFileSync(join(bin, 'broken'), '');
      for (const [number, cidr] of [
        [1, '10.0.0.7/32'],
        [2, '10.0.0.8/32'],
      ] as const)
        expect(await asked(cidr, number)).toMatchObject({ ok: false });
      await agent.kill();
      rmSync(join(bin, 'broken'));
      agent.start();
      const { ok, commands } = await asked('10.0.0.9/32', 3);
      expect(ok).toBe(true);
      expect(commands.toSorted()).toEqual(['add 10.0.0.9/32', 'remove 10.0.0.5/32', 'remove 10.0.0.7/32', 'remove 10.0.0.8/32']);
    });
  });

  it('stops a step whose time has run out, with all that it started', async () => {
    const agent = start([step('slow', 'sleep 300 & echo $! >"$TRANSAT_FILES/pid"; sleep 300', { timeoutSeconds: 1 })]);
    expect(await listener.finished()).toMatchObject({ ok: false, step: 'slow' });
    expect(ended('slow')).toEqual([{ exitCode: 124, again: false }]);
    expect(listener.printed('slow')).toContain('did not end within its 1 seconds');
    const child = readFileSync(agent.path('steps/slow/files/pid'), 'utf8').trim();
    expect(existsSync(`/proc/${child}`)).toBe(false);
  });

  it('does not wait for a service that a step leaves running', async () => {
    start([step('service', 'sleep 20 & echo started')]);
    expect(await listener.finished()).toMatchObject({ ok: true });
    expect(listener.printed('service')).toContain('started\n');
  });

  it('masks secrets in all that is printed, also those of several lines and those printed bit by bit', async () => {
    const key = '-----BEGIN KEY-----\nabcdefghijklmnop\n-----END KEY-----';
    const script = 'echo "pw=$PW."; echo "$KEY"; printf hunt; sleep 3; printf "er22 rest"; echo; echo "$OPEN"; echo "$SHORT"';
    const env = { PW: 'hunter22', KEY: key, OPEN: 'visible', SHORT: 'abc' };
    start([step('mask', script, { env, secretEnv: ['PW', 'KEY', 'SHORT'] })]);
    await listener.finished();
    const printed = listener.printed('mask');
    expect(printed).not.toMatch(/hunter22|abcdefghijklmnop|BEGIN KEY|hunt/);
    expect(printed).toContain('pw=***.\n');
    expect(printed).toContain('*** rest\nvisible\nabc\n');
  });

  it('tells output while the step runs, without bytes that a database refuses', async () => {
    const agent = start([
      step('live', 'printf "first\\0\\n"; until [ -e "$TRANSAT_FILES/go" ]; do sleep 0.1; done; printf "\\xff 50%%\\r100%%\\n"'),
    ]);
    await listener.until((m) => m.type === 'output' && m.text === 'first\n');
    writeFileSync(agent.path('steps/live/files/go'), '');
    await listener.finished();
    expect(listener.printed('live')).toBe('first\n100%\n');
  });

  it('resumes after a loss of power: what is done stays done, the interrupted step begins again', async () => {
    const agent = start([step('a', 'echo a'), step('b', 'echo begun; [ -e "$TRANSAT_FILES/go" ] || sleep 300')]);
    await listener.until((m) => m.type === 'output' && m.step === 'b');
    await agent.kill();
    appendFileSync(agent.path('messages.jsonl'), '{"seq":99,"type":"outp');
    writeFileSync(agent.path('steps/b/files/go'), '');
    const before = listener.messages.length;
    agent.start();
    expect(await listener.finished(before)).toMatchObject({ ok: true });
    expect(started()).toEqual([preparationStep, 'a', 'b', 'b']);
    expect(listener.printed('b')).toContain('it begins again');
    expect(agent.spool()).toEqual(listener.messages);
  });

  it('names the other nodes again after a boot, also when all is done', async () => {
    const agent = start([step('a', 'echo a')]);
    await listener.finished();
    await agent.kill();
    writeFileSync(agent.path('hosts'), '127.0.0.1 localhost\n');
    const written = new Promise<void>((resolve) => {
      const watcher = watch(agent.folder, (_, name) => {
        if (name !== 'hosts') return;
        watcher.close();
        resolve();
      });
    });
    agent.start();
    await written;
    expect(readFileSync(agent.path('hosts'), 'utf8')).toContain('10.0.0.4 web\n');
    expect(started()).toEqual([preparationStep, 'a']);
  });

  it('keeps its messages while Transat is away, and sends each once', async () => {
    listener.failures.push(500, 503);
    start([step('a', 'echo a')]);
    await listener.finished();
    expect(listener.messages.map((m) => m.seq)).toEqual(listener.messages.map((_, index) => index + 1));
  });

  it('waits for the steps that come later, and begins with those that are known', async () => {
    const [a, b, c] = [step('a', 'echo a'), step('b', 'echo b'), step('c', 'echo c')];
    start(null);
    listener.bundle = { steps: [a], complete: false };
    await listener.until((m) => m.type === 'step-ended' && m.step === 'a');
    listener.bundle = { steps: [a, b], complete: false };
    await listener.until((m) => m.type === 'step-ended' && m.step === 'b');
    listener.bundle = { steps: [a, b, c], complete: true };
    expect(await listener.finished()).toMatchObject({ ok: true });
    expect(started()).toEqual([preparationStep, 'a', 'b', 'c']);
  });

  it('takes requests from a file where nothing can be called back', async () => {
    const agent = start([step('a', 'echo begun; until [ -e "$TRANSAT_FILES/go" ]; do sleep 0.1; done; test -e "$TRANSAT_FILES/ok"')]);
    await listener.until((m) => m.type === 'output');
    writeFileSync(agent.path('run.json'), '{"from":"a"}');
    writeFileSync(agent.path('steps/a/files/go'), '');
    expect(await listener.finished()).toMatchObject({ ok: false });
    // asked for while the step ran: that run was the answer
    expect(existsSync(agent.path('run.json'))).toBe(false);
    const before = listener.messages.length;
    writeFileSync(agent.path('steps/a/files/ok'), '');
    writeFileSync(agent.path('run.json'), '{"from":"a"}');
    expect(await listener.finished(before)).toMatchObject({ ok: true });
    expect(started()).toEqual([preparationStep, 'a', 'a']);
  });

  it('fetches what a step declares, and uses nothing that is not as declared', async () => {
    listener.files['/tool'] = 'a tool';
    const url = new URL('/tool', callback?.url).href;
    const good = { url, sha256: sha256('a tool'), sizeBytes: 6, version: '1', kind: 'file' as const };
    const image = { ...good, url: 'registry/image@sha256:00', kind: 'image' as const };
    start([
      step('good', 'cat "$TRANSAT_FILES/tool"; ls "$TRANSAT_FILES"', { downloads: [good, image] }),
      step('bad', 'echo never', { downloads: [{ ...good, sha256: '0'.repeat(64) }] }),
    ]);
    expect(await listener.finished()).toMatchObject({ ok: false, step: 'bad' });
    expect(listener.printed('good')).toContain('a tooltool\n');
    expect(listener.printed('bad')).toMatch(/has the checksum [0-9a-f]{64}, but 0{64} is expected/);
    expect(listener.printed('bad')).not.toContain('never');
  });

  it('takes downloads from the mirror of its site alone, which has no say in what they are', async () => {
    const mirror = new URL('/mirror', callback?.url).href;
    listener.files['/mirror/dl.example.org/v1/tool'] = 'a tool';
    listener.files['/mirror/dl.example.org/v2/tool'] = 'another tool';
    listener.files['/mirror/SHA256SUMS'] = `${sha256('another tool')}  dl.example.org/v2/tool\n`;
    const about = { sha256: sha256('a tool'), sizeBytes: 6, version: '1', kind: 'file' as const };
    const from = (path: string) => ({ downloads: [{ ...about, url: `https://dl.example.org/${path}` }] });
    start([step('good', 'cat "$TRANSAT_FILES/tool"', from('v1/tool')), step('other', 'echo never', from('v2/tool'))], { mirror });
    expect(await listener.finished()).toMatchObject({ ok: false, step: 'other' });
    expect(listener.printed('good')).toContain(`from ${mirror}/dl.example.org/v1/tool`);
    expect(listener.printed('good')).toContain('a tool');
    expect(listener.printed('other')).toContain(`has the checksum ${sha256('another tool')}`);
    expect(listener.printed('other')).not.toContain('never');
  });

  it('does not go past a mirror that lacks what is declared', async () => {
    listener.files['/tool'] = 'a tool';
    const url = new URL('/tool', callback?.url).href;
    const file = { url, sha256: sha256('a tool'), sizeBytes: 6, version: '1', kind: 'file' as const };
    start([step('bad', 'echo never', { downloads: [file] })], { mirror: new URL('/mirror', callback?.url).href });
    expect(await listener.finished()).toMatchObject({ ok: false, step: 'bad' });
    expect(listener.printed('bad')).toContain('404');
  });
});
