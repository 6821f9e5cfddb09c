import type { Secret } from '@/lib/core/secret';
import { explain } from './explain';
import { jobsSchema } from './schemas';
import { step, type Transport } from './transport';
import type { JobState, OscarJob } from './types';

const states: readonly string[] = ['Pending', 'Running', 'Succeeded', 'Failed', 'Suspended'];
const RUN_MS = 300_000;
const LOG_MS = 30_000;

/** One page of a service's jobs. `next`: how the page after it is called; null: this was the last. */
export interface JobPage {
  jobs: OscarJob[];
  next: string | null;
}

export async function listJobs(transport: Transport, service: string, page?: string): Promise<JobPage> {
  const call = {
    method: 'GET',
    path: `/system/logs/${step(service)}`,
    query: { page },
    doing: `list the jobs of ${service}`,
    expects: [200],
  } as const;
  const found = await transport.read(call, jobsSchema);
  const jobs = Object.entries(found.jobs ?? {}).map(([name, job]): OscarJob => {
    // one of the list, which was just looked up
    const state = states.includes(job.status) ? (job.status as JobState) : 'Unknown';
    return { name, state, createdAt: job.creation_time ?? null, startedAt: job.start_time ?? null, finishedAt: job.finish_time ?? null };
  });
  return { jobs, next: found.next_page || null };
}

/**
 * What a job has printed; null where there is no such job (any more), or none of its containers has begun. Of a job without a pod, OSCAR's handler
 * stumbles over the error that there is not, and answers an empty 500 (seen of 4.1.2; 3.6.5 has the same lines).
 */
export async function jobLog(transport: Transport, service: string, job: string): Promise<string | null> {
  const path = `/system/logs/${step(service)}/${step(job)}`;
  const call = { method: 'GET', path, doing: `show the log of the job ${job}`, timeoutMs: LOG_MS, expects: [200] } as const;
  const answer = await transport.ask(call);
  if (answer.status === 404 || (answer.status === 500 && answer.body.trim() === '')) return null;
  if (answer.status !== 200) throw explain(answer, { cluster: transport.name, doing: call.doing });
  return answer.body;
}

/** @returns whether there was one */
export async function deleteJob(transport: Transport, service: string, job: string): Promise<boolean> {
  const path = `/system/logs/${step(service)}/${step(job)}`;
  const call = { method: 'DELETE', path, doing: `remove the job ${job}`, expects: [204, 404] } as const;
  return (await transport.call(call)).status === 204;
}

/** Removes jobs that succeeded, or all. */
export async function deleteJobs(transport: Transport, service: string, which: 'succeeded' | 'all'): Promise<void> {
  const query = which === 'all' ? { all: 'true' } : {};
  await transport.call({
    method: 'DELETE',
    path: `/system/logs/${step(service)}`,
    query,
    doing: `remove the jobs of ${service}`,
    expects: [204],
  });
}

/** What is submitted: an event or anything that a program reads. */
export interface Submission {
  service: string;
  /** of the service, or of a person */
  token: Secret;
  /** a text is sent as it is, anything else as JSON */
  body: unknown;
  /**
   * The job's name, from 4.1 on: as OSCAR starts none twice of one name, a lost answer can be followed by the same call again.
   */
  name?: string;
}

/** Starts a job. @returns whether it was started now; false: one of that name had been before */
export async function submitJob(transport: Transport, { service, token, body, name }: Submission): Promise<boolean> {
  const headers: Record<string, string> = name ? { 'x-delegated-job-id': name } : {};
  const call = {
    method: 'POST',
    path: `/job/${step(service)}`,
    doing: `start a job of ${service}`,
    headers,
    ...sent(body),
    token,
    expects: [201],
  } as const;
  const answer = await transport.ask(call);
  if (answer.status === 201) return true;
  if (name && answer.status === 500 && /already exists/i.test(answer.body)) return false;
  throw explain(answer, { cluster: transport.name, doing: call.doing });
}

/** Runs a service while one waits, where the cluster can. @returns what it answered: as a rule base64 of a file, or what was printed */
export async function runService(transport: Transport, { service, token, body }: Omit<Submission, 'name'>): Promise<string> {
  const call = {
    method: 'POST',
    path: `/run/${step(service)}`,
    doing: `run ${service}`,
    ...sent(body),
    token,
    timeoutMs: RUN_MS,
    expects: [200],
  } as const;
  return (await transport.call(call)).body;
}

const sent = (body: unknown) => (typeof body === 'string' ? { text: body } : { body });
