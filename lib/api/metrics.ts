import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RouteSpec } from './http/route';

interface Metrics {
  registry: Registry;
  requests: Counter<'method' | 'path' | 'status'>;
  seconds: Histogram<'method' | 'path'>;
  delayed: Gauge<'way'>;
  blocked: Gauge;
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
  };
}

/** Counts an answered request. The path is the route's pattern, so that ids make no series. */
export function observeRequest({ method, path }: Pick<RouteSpec, 'method' | 'path'>, status: number, seconds: number): void {
  const metrics = getMetrics();
  metrics.requests.inc({ method, path, status: String(status) });
  metrics.seconds.observe({ method, path }, seconds);
}
