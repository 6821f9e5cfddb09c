import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { getMetrics } from './metrics';
import { getServices } from './services';

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** GET /healthz: the process answers. */
export function answerHealth(): Response {
  return Response.json({ status: 'ok' }, { headers });
}

/** GET /readyz: 200 when database, queue and encryption key are there, else 503 naming what is not. */
export async function answerReadiness(): Promise<Response> {
  const checks: Record<string, string> = {};
  try {
    const { store, credentials } = await getServices();
    await store.ping();
    checks.database = 'ok';
    await credentials.check();
    checks.key = 'ok';
    await store.queue.counts();
    checks.queue = 'ok';
    return Response.json({ status: 'ok', checks }, { headers });
  } catch (error) {
    log.error({ err: error }, 'not ready');
    const reason = error instanceof AppError ? error.title : 'It could not be started; the log says why.';
    return Response.json({ status: 'not ready', checks, reason }, { status: 503, headers });
  }
}

/** GET /metrics: Prometheus' text. */
export async function answerMetrics(): Promise<Response> {
  const { registry } = getMetrics();
  return new Response(await registry.metrics(), { headers: { ...headers, 'content-type': registry.contentType } });
}
