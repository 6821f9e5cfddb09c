import { randomUUID } from 'node:crypto';
import { notFound } from '@/lib/core/problems';
import type { OscarJob } from '@/lib/oscar/types';
import { openCluster } from '../clusters/open';
import { openToFollow } from '../clusters/open-to-follow';
import { mayBeDone } from '../may-be-done';
import type { WorkloadPorts } from '../types';
import { asEvent } from './event';
import { type Waiting, whyWaiting } from './pending';
import { needService } from './read';

/** A job, and why it waits. */
type ShownJob = OscarJob & { waiting: Waiting | null };

/** A page of a service's jobs, the newest first. */
export async function listJobs(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  name: string,
  page?: string,
): Promise<{ jobs: ShownJob[]; next: string | null }> {
  const open = await openToFollow(ports, userId, id);
  const { jobs, next } = await open.client.jobs(name, page);
  const waits = jobs.some(({ state }) => state === 'Pending');
  // asked only where there is something to explain
  const [service, status] = waits ? await Promise.all([needService(open, name), open.client.status().catch(() => null)]) : [null, null];
  const now = ports.clock.now();
  const shown = jobs.map((job) => ({ ...job, waiting: whyWaiting(job, service ?? { cpu: '0', memory: '0' }, status, now) }));
  return { jobs: shown.toSorted((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? '')), next };
}

/** What a job has printed so far. @throws AppError `not-found` */
export async function readLog(ports: WorkloadPorts, userId: string, id: string, name: string, job: string): Promise<string> {
  const { client } = await openCluster(ports, userId, id, 'show a log');
  const log = await client.jobLog(name, job);
  if (log === null) throw notFound('job');
  return log;
}

/** @throws AppError `not-found` */
export async function removeJob(ports: WorkloadPorts, userId: string, id: string, name: string, job: string): Promise<void> {
  const { client } = await openCluster(ports, userId, id, 'remove a job');
  if (!(await client.deleteJob(name, job))) throw notFound('job');
}

/** Starts a job with a text as its event; once, where the release can tell jobs apart by their names. */
export async function startJob(ports: WorkloadPorts, userId: string, id: string, name: string, event: string): Promise<void> {
  const open = await openCluster(ports, userId, id, 'start a job');
  const { token, sharing } = await needService(open, name);
  const { client } = open;
  // by a name none is started twice, so that a lost answer can be asked for again; but one that was handed on at once is not known here any more
  const isKnown = client.abilities.namedJobs && sharing.members.length === 0;
  const job = isKnown ? `${name}-${randomUUID()}`.slice(-63).replace(/^-+/, '') : undefined;
  const submit = () => client.submit({ service: name, token, body: asEvent(event), ...(job && { name: job }) });
  await submit().catch(async (error: unknown) => {
    if (!job || !mayBeDone(error)) throw error;
    await submit();
  });
}

/** What a synchronous call gave. */
interface Ran {
  /** what is text of it */
  text: string;
  /** it was a file: its bytes in base64 */
  base64: string | null;
  milliseconds: number;
}

/** Runs a service while one waits. @param input in base64 */
export async function runNow(ports: WorkloadPorts, userId: string, id: string, name: string, input: string): Promise<Ran> {
  const open = await openCluster(ports, userId, id, 'run a service');
  const { token } = await needService(open, name);
  const began = performance.now();
  const answer = (await open.client.run({ service: name, token, body: input })).trim();
  const milliseconds = Math.round(performance.now() - began);
  const bytes = fileIn(answer);
  if (!bytes) return { text: answer, base64: null, milliseconds };
  const readable = bytes.toString('utf8');
  return { text: readable.includes('�') ? '' : readable, base64: answer, milliseconds };
}

/** The bytes of a file that an answer is, in base64; null where it is what was printed. Pure. */
function fileIn(answer: string): Buffer | null {
  const plain = answer.replace(/\s/g, '');
  if (plain === '' || plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return null;
  return Buffer.from(plain, 'base64');
}
