import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { listenTo } from '@/lib/core/signals';
import type { RouteSpec } from './http/route';

interface Metrics {
  registry: Registry;
  requests: Counter<'method' | 'path' | 'status'>;
  seconds: Histogram<'method' | 'path'>;
  delayed: Gauge<'way'>;
  blocked: Gauge;
  deployments: Gauge<'state'>;
  nodes: Gauge<'state'>;
  problems: Gauge<'code'>;
  queue: Gauge<'is'>;
}

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.metrics');
type Holder = typeof globalThis & { [key]?: Metrics };

/** The process's metrics, in Prometheus' registry. */
export function getMetrics(): Metrics {
  const holder: Holder = globalThis;
  holder[key] ??= createMetrics();
  return holder[key];
}

function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countSignals(registry);
  return {
    registry,
    requests: new Counter({
      name: 'transat_http_requests_total',
      help: 'Requests of the API by route and status',
      labelNames: ['method', 'path', 'status'],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'transat_http_request_seconds',
      help: 'Time until the answer begins, by route',
      labelNames: ['method', 'path'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    }),
    delayed: new Gauge({
      name: 'transat_messages_delayed',
      help: 'Messages to people that could not be sent yet, by way',
      labelNames: ['way'],
      registers: [registry],
    }),
    blocked: new Gauge({
      name: 'transat_mails_blocked',
      help: 'Mails that wait for the operator: the mail server can’t be reached, or takes nothing of this Transat',
      registers: [registry],
    }),
    deployments: new Gauge({
      name: 'transat_deployments',
      help: 'Deployments that are not deleted, by state',
      labelNames: ['state'],
      registers: [registry],
    }),
    nodes: new Gauge({
      name: 'transat_nodes',
      help: 'Nodes of deployments that are not deleted, by state',
      labelNames: ['state'],
      registers: [registry],
    }),
    problems: new Gauge({
      name: 'transat_deployments_amiss',
      help: 'Deployments that are not deleted and have a problem now, by its code',
      labelNames: ['code'],
      registers: [registry],
    }),
    queue: new Gauge({
      name: 'transat_queue_entries',
      help: 'Deployments that wait to be looked at, and that are being looked at',
      labelNames: ['is'],
      registers: [registry],
    }),
  };
}

/** What this process asks of sites, how its looks at deployments end, and what it writes into their histories. */
function countSignals(registry: Registry): void {
  const calls = new Histogram({
    name: 'transat_cloud_call_seconds',
    help: 'Requests to services of sites, by service, method and status; none: nothing answered',
    labelNames: ['service', 'method', 'status'],
    buckets: [0.05, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  const passes = new Histogram({
    name: 'transat_pass_seconds',
    help: 'Looks at deployments, by how they ended',
    labelNames: ['outcome'],
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 10, 30],
    registers: [registry],
  });
  const events = new Counter({
    name: 'transat_events_total',
    help: 'Lines written into histories of deployments, by level and the code of the problem that they tell of; none: of no problem',
    labelNames: ['level', 'code'],
    registers: [registry],
  });
  listenTo('event', (event) => events.inc(event));
  listenTo('call', ({ seconds, ...labels }) => calls.observe(labels, seconds));
  listenTo('pass', ({ seconds, outcome }) => passes.observe({ outcome }, seconds));
}

/** Counts an answered request. The path is the route's pattern, so that ids make no series. */
export function observeRequest({ method, path }: Pick<RouteSpec, 'method' | 'path'>, status: number, seconds: number): void {
  const metrics = getMetrics();
  metrics.requests.inc({ method, path, status: String(status) });
  metrics.seconds.observe({ method, path }, seconds);
}
