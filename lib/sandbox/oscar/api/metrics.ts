import type { Answer, Call } from '../../http/call';
import type { OscarWorld } from '../world';
import { type Caller, json } from './call';
import { serviceOf } from './services';

const HOUR_MS = 3_600_000;

/** What a service used: of its processors only where Prometheus counts it; OSCAR says 0 and that its source is missing elsewhere. */
export function metrics(world: OscarWorld, caller: Caller, call: Call): Answer {
  const { name } = serviceOf(world, caller, call.params.name ?? '');
  const end = Date.parse(call.query.get('end') ?? '') || world.now();
  const start = Date.parse(call.query.get('start') ?? '') || end - 24 * HOUR_MS;
  if (end < start) return json({ error: 'end must be after start' }, 400);
  const within = (at: number) => at >= start && at <= end;
  const { runs, requests } = world.state;
  const own = runs.filter((run) => run.service === name && within(run.createdAt));
  const hours = own.reduce((sum, { startedAt, finishedAt, milliCores }) => {
    const ran = startedAt === null ? 0 : (finishedAt ?? world.now()) - startedAt;
    return sum + (ran / HOUR_MS) * (milliCores / 1000);
  }, 0);
  const asked = (kind: string) =>
    requests.filter(({ at, path }) => within(at) && path.split('/')[1] === kind && path.split('/')[2] === name).length;
  const { prometheus } = world.definition;
  const usage = { name: prometheus ? 'prometheus' : 'usage-metrics', status: prometheus ? 'ok' : 'missing' };
  const log = { name: 'request-logs', status: 'ok' };
  const row = (metric: string, value: number, source: { name: string; status: string }, unit?: string) => ({
    metric,
    value,
    ...(unit ? { unit } : {}),
    sources: [source],
  });
  return json({
    service_name: name,
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    metrics: [
      row('cpu-hours', prometheus ? hours : 0, usage, 'hours'),
      row('gpu-hours', 0, usage, 'hours'),
      row('requests-sync-per-service', asked('run'), log),
      row('requests-async-per-service', asked('job'), log),
      row('requests-exposed-per-service', 0, { name: 'exposed-request-logs', status: 'missing' }),
      row('users-per-service', new Set(own.map(({ owner }) => owner)).size, log),
    ],
  });
}
