import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { europeFacts } from '@/lib/planning/fixtures/places';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { begun, Machine, worstPasswords } from '../testing/machine';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  // HTCondor: what is stored and signed are files; of the pool it tells what a test has it tell
  machine.play('condor_store_cred', 'cp "$4" "$R/etc/condor/passwords.d/POOL"');
  machine.play('condor_token_create', 'sha256sum <"$R/etc/condor/passwords.d/POOL" >"$R/etc/condor/tokens.d/pool"');
  machine.write('etc/condor/config.d/00-htcondor-9.0.config', 'use security:recommended_v9_0\n');
  machine.play('condor_version', `echo '$CondorVersion: 23.9.6 2026-07-12 $'`);
});
afterEach(() => machine.clear());
const script = (name: string) => join(import.meta.dirname, `scripts/${name}.sh`);

describe('a machine of the pool', () => {
  const run = (ROLE: 'manager' | 'worker', changed: Record<string, string> = {}) =>
    machine.run(script('pool'), { ROLE, MANAGER: '10.0.0.1', POOL_KEY: 'the key of the pool', ...changed });
  const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(machine.read('etc/condor/config.d/50-transat.config'))?.[1];
  beforeEach(() => machine.play('condor_status', 'echo front'));

  it.each([
    ['manager', 'MASTER COLLECTOR NEGOTIATOR SCHEDD', '*@htcondor.internal'],
    ['worker', 'MASTER STARTD', 'condor@htcondor.internal'],
  ] as const)('is a %s, hears nobody who does not show who they are, and is left alone the second time', (role, daemons, writers) => {
    const first = run(role);
    expect([first.code, begun(first)], first.printed).toEqual([0, ['condor']]);
    expect([setting('DAEMON_LIST'), setting('ALLOW_WRITE'), setting('ALLOW_CONFIG')]).toEqual([daemons, writers, undefined]);
    for (const name of ['AUTHENTICATION', 'ENCRYPTION', 'INTEGRITY']) expect(setting(`SEC_DEFAULT_${name}`)).toBe('REQUIRED');
    for (const name of ['DEFAULT', 'CLIENT', 'READ', 'DAEMON']) expect(setting(`SEC_${name}_AUTHENTICATION_METHODS`)).toBe('FS, IDTOKENS');
    const before = machine.settings();
    const second = run(role);
    expect([second.code, begun(second), machine.settings()], second.printed).toEqual([0, [], before]);
  });

  it.each(['the key of the pool', ...worstPasswords])('keeps the pool’s key for root alone, and tells it to nobody: %s', (POOL_KEY) => {
    const { calls, printed } = run('worker', { POOL_KEY });
    expect(machine.settings()['etc/condor/passwords.d/POOL']).toBe(`600 ${POOL_KEY}`);
    expect(calls + printed + machine.read('etc/condor/config.d/50-transat.config')).not.toContain(POOL_KEY);
  });

  it('begins anew with another key or another manager, and after a start that was cut off', () => {
    run('worker');
    const token = machine.read('etc/condor/tokens.d/pool');
    expect(begun(run('worker', { POOL_KEY: 'another' }))).toEqual(['condor']);
    expect(machine.read('etc/condor/tokens.d/pool')).not.toBe(token);
    expect(begun(run('worker', { POOL_KEY: 'another', MANAGER: '10.0.0.9' }))).toEqual(['condor']);
    machine.play('condor_token_create', 'false');
    expect(run('worker').code).not.toBe(0);
    machine.play('condor_token_create', 'echo token >"$R/etc/condor/tokens.d/pool"');
    expect(begun(run('worker'))).toEqual(['condor']);
  });

  it('has joined when the manager counts it, not when it counts another', () => {
    machine.play('condor_status', 'echo front-2');
    expect(run('worker').code).not.toBe(0);
  });
});

describe('workers that are about to leave', () => {
  /** What HTCondor tells of two workers, and which jobs are where. */
  function pool(of: { drained?: string; reason?: string; activity?: string; jobs?: string; silent?: string }): void {
    const { drained = 'false', reason = 'undefined', activity = 'Idle', jobs = '', silent = 'nothing' } = of;
    machine.write('jobs', jobs);
    machine.play(
      'condor_status',
      `case "$*" in *${silent}*) exit 1 ;;
*'-af Machine Name MyAddress') printf '%s\\n' 'n-1 slot1@n-1 <10.0.0.2:9618>' 'n-10 slot1@n-10 <10.0.0.3:9618>' ;;
*'-af Draining') echo ${drained} ;; *'-af DrainReason') echo '${reason}' ;; *'-af Activity') echo ${activity} ;; esac`,
    );
    // each question finds the jobs one step nearer to their end
    machine.play('condor_q', `case "$*" in *${silent}*) exit 1 ;; esac; cat "$R/jobs"; sed -i 1d "$R/jobs"`);
    for (const program of ['condor_drain', 'condor_vacate_job']) machine.play(program, 'true');
  }
  const leave = (LEAVING_WAY: string, LEAVING = 'n-1,n-2') => machine.run(script('leave'), { LEAVING, LEAVING_WAY });
  const acts = ({ calls }: { calls: string }) => calls.match(/^condor_(?:drain|vacate_job) .*$/gm)?.map((line) => line.trim()) ?? [];

  it('take no new jobs and end those that they have; who is not there is not waited for', () => {
    pool({ jobs: '1.0 2\n2.0 2\n' });
    const left = leave('finish');
    expect([left.code, acts(left)], left.printed).toEqual([0, ['condor_drain -graceful -reason Transat: leaves the pool slot1@n-1']]);
    expect(left.printed).toMatch(/knows no n-2[\s\S]*Still at work: 1.0 2.0[\s\S]*Still at work: 2.0[\s\S]*No job is on n-1/);
    // of the host itself, not of one that begins like it
    expect(left.calls).toContain('regexp("@(n-1)$", RemoteHost)');
  });

  it('put their jobs back into the queue where that is wished', () => {
    pool({ jobs: '1.0 2\n1.0 2\n' });
    expect(acts(leave('requeue'))).toEqual([
      'condor_drain -graceful -reason Transat: leaves the pool slot1@n-1',
      expect.stringMatching(/^condor_vacate_job -constraint .*@\(n-1\)\$/),
    ]);
  });

  it('are left as somebody else drained them, now and when they stay after all', () => {
    pool({ drained: 'true', reason: 'mine' });
    expect([leave('finish'), leave('stay')].map((left) => [left.code, acts(left)])).toEqual([
      [0, []],
      [0, []],
    ]);
  });

  it('take jobs again when they stay after all, once a drain that is at its end has ended', () => {
    pool({ drained: 'true', reason: 'Transat: leaves the pool', activity: 'Retiring' });
    const stayed = leave('stay');
    expect([stayed.code, acts(stayed)]).toEqual([0, ['condor_drain -cancel slot1@n-1']]);
    expect(stayed.calls.match(/-af Activity/g)?.length).toBe(15);
    pool({ drained: 'true', reason: 'Transat: leaves the pool' });
    expect(leave('stay').calls.match(/-af Activity/g)?.length).toBe(1);
  });

  it.each([
    ['who is there', 'MyAddress'],
    ['which jobs are there', 'RemoteHost'],
    ['which parts of the machine are at work', 'Dynamic*Claimed'],
  ])('do not go where HTCondor does not say %s', (_, silent) => {
    pool({ silent });
    expect(leave('finish').code).not.toBe(0);
  });
});

describe('the proof', () => {
  /** A pool of which these machines take jobs, a job runs on these, and anybody is heard or not. */
  function pool(taking: string[], ran = taking, open = false): void {
    machine.play(
      'condor_status',
      `if [ "\${_CONDOR_SEC_CLIENT_AUTHENTICATION_METHODS:-}" = ANONYMOUS ]; then exit ${open ? 0 : 1}; fi
[[ "$*" != *'-af Machine'* ]] || printf '%s\\n' ${taking.join(' ')}`,
    );
    machine.play('mktemp', `/usr/bin/mktemp -d "$R/proof.XXXXXX"`);
    machine.play('condor_submit', `for host in ${ran.join(' ')}; do echo "$host" >"told.$host"; done; touch log; echo '7.0 - 7.1'`);
    for (const program of ['condor_wait', 'condor_rm', 'condor_q']) machine.play(program, 'true');
    machine.play('condor_history', `for host in ${ran.join(' ')}; do echo '4 debian'; done`);
  }
  const prove = () => machine.run(script('proof'), { WORKERS: 'n-1,n-2' }, (text) => text.replace('seq 1 150', 'seq 1 2'));

  it('is a job on every worker, found in the history, and a question that was refused', () => {
    pool(['n-1', 'n-2']);
    const { code, outputs, printed } = prove();
    expect(code, printed).toBe(0);
    expect(outputs).toContain('nodes=2 of 2\n');
    expect(outputs).toContain('version=23.9.6\n');
    expect(outputs).toContain('proof=a job on 2 workers, found in the history; nobody is heard');
  });

  it('tells of a worker that is absent, and is given by the others', () => {
    pool(['n-1']);
    const { code, outputs, printed } = prove();
    expect([code, printed.includes('not there: n-2.')]).toEqual([0, true]);
    expect(outputs).toContain('nodes=1 of 2\n');
    expect(outputs).toContain('proof=a job on 1 worker,');
  });

  it.each([
    ['no worker takes jobs', [], [], false],
    ['the job ran elsewhere', ['n-1', 'n-2'], ['n-1'], false],
    ['anybody is heard', ['n-1', 'n-2'], ['n-1', 'n-2'], true],
  ])('is none where %s', (_, taking, ran, open) => {
    pool(taking, ran, open);
    const { code, outputs } = prove();
    expect([code === 0, outputs.includes('proof=')]).toEqual([false, false]);
  });
});

it('is refused with the reason on an image whose distribution has no HTCondor', () => {
  const image = europeFacts.images.find(({ name }) => name === 'debian-12')?.id;
  expect(image).toBeDefined();
  const { problems } = planDeployment(planningInput(builtIn.recipe('htcondor'), {}, 'europe', { image }));
  expect(JSON.stringify(problems)).toContain('does not support the image debian-12 (debian 12)');
});
