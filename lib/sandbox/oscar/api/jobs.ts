import type { Answer, Call } from '../../http/call';
import { originMinio } from '../run/delegate';
import type { Runs } from '../run/runs';
import type { RunRecord } from '../state';
import type { OscarWorld } from '../world';
import { maySee, runnerOf } from './auth';
import { bearerOf, type Caller, json, refuse, text } from './call';
import { NOT_YOURS, serviceOf } from './services';

const PAGE = 70;
const goodName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** POST /job/:service. No name comes back; from 4.1 on whoever submits may choose it. */
export async function submitJob(world: OscarWorld, runs: Runs, call: Call): Promise<Answer> {
  const { service, uid } = await runnerOf(world, call, call.params.name ?? '');
  const followed = world.abilities.federation ? call.headers['x-delegated-job-id'] : undefined;
  const name = typeof followed === 'string' ? followed : undefined;
  if (name !== undefined && (!goodName.test(name) || name.length > 63)) throw refuse(500, 'invalid job name');
  const bearer = bearerOf(call.headers) ?? '';
  const origin = world.abilities.federation ? await originMinio(world, service, bearer) : null;
  const isWorker = world.abilities.federation && Object.keys(service.annotations).some((key) => key.endsWith('origin-cluster'));
  // a worker asks its origin for the keys with whatever token came; a service's own token opens nothing there
  if (isWorker && !origin) throw refuse(500, 'Error getting the configuration of the origin cluster');
  const accepted = await runs.submit(service, call.text, uid, { name, origin });
  if (!accepted) throw refuse(500, `jobs.batch "${name}" already exists`);
  return { status: 201 };
}

/** POST /run/:service: the program runs while the caller waits. */
export async function runNow(world: OscarWorld, runs: Runs, call: Call): Promise<Answer> {
  const { service } = await runnerOf(world, call, call.params.name ?? '');
  const result = runs.now(service, Buffer.from(call.text, 'base64'));
  if (!result) return text(200, `The sandbox runs only the programs that come with it; ${service.image} is not one of them.`);
  const only = result.files.length === 1 ? result.files[0] : undefined;
  return text(200, only ? only.bytes.toString('base64') : result.log);
}

export function listJobs(world: OscarWorld, caller: Caller, call: Call): Answer {
  const runs = runsOf(world, caller, call);
  const entries = (some: RunRecord[]) => Object.fromEntries(some.map((run) => [run.name, shown(run)]));
  if (!world.abilities.buckets) return json(entries(runs));
  const asked = call.query.get('page') ?? '';
  const said = Buffer.from(asked, 'base64url').toString('utf8');
  const start = asked === '' ? 0 : Number(said);
  if (!Number.isInteger(start) || start < 0 || (asked !== '' && said === ''))
    throw refuse(500, 'invalid continue token: continue key is not valid: illegal base64 data at input byte 0');
  const page = runs.slice(start, start + PAGE);
  const left = runs.length - start - page.length;
  const next = Buffer.from(String(start + PAGE)).toString('base64url');
  return json({ jobs: entries(page), ...(left > 0 ? { next_page: next, remaining_jobs: left } : {}) });
}

export function deleteJobs(world: OscarWorld, caller: Caller, call: Call): Answer {
  const everything = call.query.get('all') === 'true';
  const gone = runsOf(world, caller, call).filter((run) => everything || run.status === 'Succeeded');
  world.state.runs = world.state.runs.filter((run) => !gone.includes(run));
  for (const run of gone) world.schedule.cancel(run.name);
  world.changed();
  return { status: 204 };
}

export function jobLog(world: OscarWorld, caller: Caller, call: Call): Answer {
  const run = runsOf(world, caller, call).find((one) => one.name === call.params.job);
  // it looks for the job's pod, finds none, and stumbles over the error that there is not
  if (!run) throw refuse(500);
  // nothing has begun that could have printed anything
  if (run.status === 'Pending') throw refuse(404);
  const stamp = run.finishedAt === null ? '' : new Date(run.finishedAt).toISOString();
  const withTime = call.query.get('timestamps') === 'true';
  return text(200, run.log.map((line) => `${withTime ? `${stamp} ` : ''}${line}\n`).join(''));
}

export function deleteJob(world: OscarWorld, caller: Caller, call: Call): Answer {
  const service = world.service(call.params.name ?? '');
  if (!service && !world.abilities.deployments) throw refuse(404);
  if (!service || !maySee(service, caller)) throw refuse(403, NOT_YOURS);
  const run = runOf(world, caller, call);
  world.state.runs = world.state.runs.filter((one) => one !== run);
  world.schedule.cancel(run.name);
  world.changed();
  return { status: 204 };
}

/** The lines of OSCAR's own log that tell of jobs; for its administrators. */
export function systemLog(world: OscarWorld, caller: Caller): Answer {
  if (!caller.admin) throw refuse(403, 'OIDC tokens are not allowed for system logs');
  const logs = world.state.requests.map(({ at, status, method, path, user, milliseconds }) => ({
    timestamp: new Date(at).toISOString(),
    status,
    latency: `${milliseconds}ms`,
    client_ip: '127.0.0.1',
    method,
    path,
    user,
    raw: `[GIN-EXECUTIONS-LOGGER] ${new Date(at).toISOString()} | ${status} | ${milliseconds}ms | 127.0.0.1 | ${method} ${path} | ${user}`,
  }));
  return json({ logs });
}

function runsOf(world: OscarWorld, caller: Caller, call: Call): RunRecord[] {
  const service = serviceOf(world, caller, call.params.name ?? '');
  return world.state.runs.filter((run) => run.service === service.name && (caller.admin || run.owner === caller.uid));
}

function runOf(world: OscarWorld, caller: Caller, call: Call): RunRecord {
  const run = runsOf(world, caller, call).find((one) => one.name === call.params.job);
  if (!run) throw refuse(404);
  return run;
}

function shown(run: RunRecord): unknown {
  const time = (name: string, at: number | null) => (at === null ? {} : { [name]: `${new Date(at).toISOString().slice(0, 19)}Z` });
  return {
    status: run.status,
    ...time('creation_time', run.createdAt),
    ...time('start_time', run.startedAt),
    ...time('finish_time', run.finishedAt),
  };
}
