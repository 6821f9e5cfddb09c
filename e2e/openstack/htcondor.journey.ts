import { expect, test } from '@playwright/test';
import type { PatchDeploymentBody } from '@/lib/api/contract/deployment-changes';
import { deployOnLab } from '../lib/journey';
import { labHasImage } from '../lib/lab';
import { askMetadata } from '../lib/metadata';
import { rerun } from '../lib/rerun';
import { withKey } from '../lib/shell';
import { makeKey } from '../lib/ssh';

const where = { credential: 'oidc:lab' };
/** Debian 12 has no HTCondor. */
const image = 'debian-13';

test('an HTCondor pool runs people’s jobs on all workers, hears nobody else, is not disturbed by being set up again, and lets a worker go', async ({
  baseURL,
}) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  test.skip(
    !(await labHasImage(image)),
    `the lab has no image ${image}, and HTCondor is in no older Debian: docs/testing.md says how one is made`,
  );
  test.setTimeout(1_800_000);
  const { api, on } = await withKey(baseURL, 'bob', 'htcondor');
  const ana = makeKey();
  const body = { recipe: 'htcondor', name: 'journey htcondor', inputs: { worker_count: 2, people: [`ana ${ana.publicKey}`] } };
  const use = async (id: string) => {
    expect((await api.nodes(id)).map((node) => node.state)).toEqual(['ready', 'ready', 'ready']);
    const outputs = await api.outputs(id);
    expect(outputs).toMatchObject({ nodes: '2 of 2', proof: expect.stringContaining('a job on 2 workers, found in the history') });
    const { run, by } = await on(id);
    const asAna = by(ana.file, 'ana');
    expect(await run(outputs.example ?? '')).toMatch(/^htcondor-worker-[12]$/);

    // a job is its person's, and can't read what the cloud tells the machine
    expect(await asAna('condor_run whoami')).toBe('ana');
    const program = `cat >ask.sh <<'SH'\n#!/bin/bash\n${askMetadata}\nSH\nchmod +x ask.sh`;
    const described = `printf '%s\\n' 'executable = ask.sh' 'output = told' 'log = log' 'request_memory = 32' queue >ask.sub`;
    expect(
      await asAna(`${program}; ${described}; condor_submit -terse ask.sub >/dev/null && condor_wait -wait 120 log >/dev/null; cat told`),
    ).toBe('000');
    // nobody is a machine of the pool, or may have one drained, who has not its token; nor is anybody heard who shows nothing
    await expect(asAna('condor_drain slot1@htcondor-worker-1')).rejects.toThrow();
    await expect(asAna('_CONDOR_SEC_CLIENT_AUTHENTICATION_METHODS=ANONYMOUS condor_status')).rejects.toThrow(/authenticate/i);

    const file = [
      'executable = /bin/sleep',
      'transfer_executable = False',
      'arguments = 900',
      'request_cpus = 1',
      'request_memory = 64',
      'queue',
    ];
    // on the second worker first, and where it is begun anew on either
    const requirement = 'requirements = TARGET.Machine == "htcondor-worker-2" || NumShadowStarts > 0';
    await run(`printf '%s\\n' '${[requirement, ...file].join("' '")}' >job.sub`);
    const job = (await run('condor_submit -terse job.sub')).split('.')[0] ?? '';
    const state = () => run(`condor_q ${job} -af JobStatus RemoteHost NumShadowStarts`);
    await expect.poll(state, { timeout: 120_000 }).toMatch(/^2 \S+@htcondor-worker-2 1$/);
    const daemons = 'pgrep -d, "condor_(master|collector|negotiator|schedd)"';
    const before = await run(daemons);
    for (const step of ['pool_manager.configure', 'proof.configure']) await rerun(api, id, step);
    expect(await run(daemons)).toBe(before);
    expect(await state()).toMatch(/^2 \S+@htcondor-worker-2 1$/);

    // the worker at work goes, with its job put back into the queue
    const shrink: PatchDeploymentBody = { removeNodes: ['workers-2'], groups: { workers: { count: 1 } }, jobs: 'requeue' };
    await api.call('PATCH', `/deployments/${id}`, shrink);
    await api.until(id, ['ready'], 600);
    await expect.poll(state, { timeout: 300_000 }).toMatch(/^2 \S+@htcondor-worker-1 2$/);
  };
  await deployOnLab(api, where, body, { manager: 'fast.small', workers: 'fast.small' }, 900, use, image);
});
