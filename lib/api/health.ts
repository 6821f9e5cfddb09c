import { createHash, timingSafeEqual } from 'node:crypto';
import { isFromHere } from '@/lib/auth/person-address';
import type { Config } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { isLoopback } from '@/lib/core/loopback';
import { delayedDeliveries } from '@/lib/telling/deliver';
import { respondProblem } from './http/reply';
import { getMetrics } from './metrics';
import { getServices } from './services';
import { countStanding } from './standing';

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
    // nobody is kept out by it: whoever runs this Transat is shown
    checks.mail = (await delayedDeliveries(store)).blocked > 0 ? 'the mail server takes nothing of this Transat; the log says why' : 'ok';
    return Response.json({ status: 'ok', checks }, { headers });
  } catch (error) {
    log.error({ err: error }, 'not ready');
    const reason = error instanceof AppError ? error.title : 'It could not be started; the log says why.';
    return Response.json({ status: 'not ready', checks, reason }, { status: 503, headers });
  }
}

/** GET /metrics: Prometheus' text, for who is on this machine, or sends the token that the configuration names. */
export async function answerMetrics(request: Request): Promise<Response> {
  const { registry, delayed, blocked, deployments, nodes, problems, queue } = getMetrics();
  try {
    const { config, store } = await getServices();
    checkReader(request.headers, config);
    const counts = await delayedDeliveries(store);
    delayed.set({ way: 'mail' }, counts.mail);
    delayed.set({ way: 'webhook' }, counts.webhook);
    blocked.set(counts.blocked);
    const entries = await store.queue.counts();
    queue.set({ is: 'waiting' }, entries.waiting);
    queue.set({ is: 'active' }, entries.active);
    const counted = await countStanding(store.db);
    for (const gauge of [deployments, nodes, problems]) gauge.reset();
    for (const { state, count } of counted.deployments) deployments.set({ state }, count);
    for (const { state, count } of counted.nodes) nodes.set({ state }, count);
    for (const { code, count } of counted.problems) problems.set({ code }, count);
  } catch (error) {
    return respondProblem(error, newId('req'));
  }
  return new Response(await registry.metrics(), { headers: { ...headers, 'content-type': registry.contentType } });
}

/**
 * Where Transat is served to others, a proxy of this machine may not say for whom it asks: then only the token counts.
 * @throws AppError `not-signed-in`
 */
export function checkReader(headers: Headers, { metricsToken: token, url }: Pick<Config, 'metricsToken' | 'url'>): void {
  if (isLoopback(new URL(url).hostname) && isFromHere(headers)) return;
  const given = headers.get('authorization') ?? '';
  // of equal length whatever is sent, so that the time tells nothing of the token
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (token && timingSafeEqual(digest(given), digest(`Bearer ${token.reveal()}`))) return;
  throw new AppError({
    code: 'not-signed-in',
    title: 'The figures of this Transat are for its operator',
    detail: 'They are told on the machine itself, and to whom sends the token that `metrics.token` of the configuration names.',
  });
}
