import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Call, newRequestId, Refusal } from '../../http/call';
import { readBody, send } from '../../http/listen';
import { findRoute, type Route, route } from '../../http/router';
import { messagePage } from '../../oidc/page';
import { ManagerCrash } from '../run/delegate';
import type { Runs } from '../run/runs';
import type { OscarWorld } from '../world';
import { callerOf, runnerOf } from './auth';
import { createBucket, deleteBucket, getBucket, listBuckets, presignObject, updateBucket } from './buckets';
import { type Caller, json, noRoute, text } from './call';
import { deployment, deploymentLogs, lifecycle } from './deployment';
import { federationOf } from './federation';
import { config, info, putConfig, status } from './info';
import { deleteJob, deleteJobs, jobLog, listJobs, runNow, submitJob, systemLog } from './jobs';
import { metrics } from './metrics';
import { putQuotas, quotas, quotasOf } from './quotas';
import { createService, deleteService, getService, listServices, updateService } from './services';
import { createVolume, deleteVolume, getVolume, listVolumes } from './volumes';

const MOST_LINES = 500;

/** OSCAR's routes, as far as a cluster's release has them. */
export function oscarRoutes(world: OscarWorld, runs: Runs): Route[] {
  const { abilities, definition } = world;
  /** A route that one has to sign in for. */
  const known = (method: string, path: string, answer: (caller: Caller, call: Call) => Answer | Promise<Answer>) =>
    route(method, path, async (call) => answer(await callerOf(world, call), call));
  const routes = [
    route('GET', '/health', () => text(200, 'Ok')),
    route('GET', '/', () => ({ status: 200, body: frontPage(world) })),
    known('GET', '/system/info', () => info(world)),
    known('GET', '/system/config', (caller) => config(world, caller)),
    known('GET', '/system/status', (caller) => status(world, caller)),
    known('GET', '/system/services', (caller) => listServices(world, caller)),
    known('POST', '/system/services', (caller, call) => createService(world, caller, call)),
    known('PUT', '/system/services', (caller, call) => updateService(world, caller, call)),
    known('GET', '/system/services/:name', (caller, call) => getService(world, caller, call)),
    known('DELETE', '/system/services/:name', (caller, call) => deleteService(world, caller, call)),
    known('GET', '/system/logs/:name', (caller, call) => listJobs(world, caller, call)),
    known('DELETE', '/system/logs/:name', (caller, call) => deleteJobs(world, caller, call)),
    known('GET', '/system/logs/:name/:job', (caller, call) => jobLog(world, caller, call)),
    known('DELETE', '/system/logs/:name/:job', (caller, call) => deleteJob(world, caller, call)),
    route('POST', '/job/:name', (call) => submitJob(world, runs, call)),
  ];
  if (definition.serverless) routes.push(route('POST', '/run/:name', (call) => runNow(world, runs, call)));
  if (abilities.buckets) {
    routes.push(
      known('GET', '/system/logs', (caller) => systemLog(world, caller)),
      known('GET', '/system/buckets', (caller) => listBuckets(world, caller)),
      known('POST', '/system/buckets', (caller, call) => createBucket(world, caller, call)),
      known('PUT', '/system/buckets', (caller, call) => updateBucket(world, caller, call)),
      known('GET', '/system/buckets/:name', (caller, call) => getBucket(world, caller, call)),
      known('DELETE', '/system/buckets/:name', (caller, call) => deleteBucket(world, caller, call)),
      known('POST', '/system/buckets/:name/presign', (caller, call) => presignObject(world, caller, call)),
    );
  }
  if (abilities.deployments) {
    routes.push(
      known('PUT', '/system/config', (caller, call) => putConfig(world, caller, call)),
      known('GET', '/system/metrics/:name', (caller, call) => metrics(world, caller, call)),
      known('GET', '/system/services/:name/deployment', (caller, call) => deployment(world, caller, call)),
      known('GET', '/system/services/:name/deployment/logs', (caller, call) => deploymentLogs(world, caller, call)),
    );
  }
  if (abilities.quotas) {
    routes.push(
      known('GET', '/system/quotas/user', (caller) => quotas(world, caller)),
      known('GET', '/system/quotas/user/:person', (caller, call) => quotasOf(world, caller, call)),
      known('PUT', '/system/quotas/user/:person', (caller, call) => putQuotas(world, caller, call)),
      known('GET', '/system/volumes', (caller) => listVolumes(world, caller)),
      known('POST', '/system/volumes', (caller, call) => createVolume(world, caller, call)),
      known('GET', '/system/volumes/:name', (caller, call) => getVolume(world, caller, call)),
      known('DELETE', '/system/volumes/:name', (caller, call) => deleteVolume(world, caller, call)),
    );
  }
  if (abilities.federation) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      routes.push(known(method, '/system/federation/:name', (caller, call) => federationOf(world, caller, call)));
    }
    for (const action of ['stop', 'start', 'restart']) {
      routes.push(known('POST', `/system/services/:name/${action}`, (caller, call) => lifecycle(world, caller, call)));
    }
    routes.push(
      route('GET', '/system/services/:name/auth', async (call) => {
        await runnerOf(world, call, call.params.name ?? '');
        return { status: 200 };
      }),
    );
  }
  return routes;
}

/** Answers one request to a cluster's OSCAR. */
export async function answerOscar(world: OscarWorld, routes: Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  world.schedule.run();
  if (!world.answers) return void request.socket.destroy();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox.invalid');
  const body = await readBody(request);
  if (body === null) return send(response, text(413));
  // while the manager starts again, the proxy before it has nobody to ask
  if (world.state.backAt > world.now()) return send(response, text(502, 'Bad Gateway'));
  // gin sends those who write a slash too many to the right place
  if (pathname.length > 1 && pathname.endsWith('/')) {
    const location = pathname.replace(/\/+$/, '') + (searchParams.size > 0 ? `?${searchParams}` : '');
    return send(response, { status: request.method === 'GET' ? 301 : 307, headers: { location } });
  }
  const call: Call = {
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers: request.headers,
    text: body,
    params: {},
    requestId: newRequestId(),
  };
  const fault = world.faults.take('oscar', call.method, pathname);
  if (fault && !fault.answer.afterCommit && !String(fault.answer.status).endsWith('after-commit')) {
    const { status: wrong, body: said, headers } = fault.answer;
    if (typeof wrong !== 'number') return void request.socket.destroy();
    return send(response, { ...text(wrong, typeof said === 'string' ? said : undefined), ...(headers ? { headers } : {}) });
  }
  const began = Date.now();
  const answer = await carryOut(routes, call);
  if (fault) return void request.socket.destroy();
  note(world, call, answer.status, Date.now() - began);
  response.setHeader('access-control-allow-origin', '*');
  send(response, answer);
}

async function carryOut(routes: Route[], call: Call): Promise<Answer> {
  try {
    const handler = findRoute(routes, call);
    return handler === null || handler === 'method' ? noRoute : await handler(call);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    // gin catches what a handler does wrong: the caller gets an empty 500, and the event is lost
    if (error instanceof ManagerCrash) return text(500);
    // a fault of the sandbox itself, said plainly
    return json({ sandboxFault: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 500);
  }
}

function note(world: OscarWorld, call: Call, status: number, milliseconds: number): void {
  if (!/^\/(job|run)\//.test(call.path) || call.method !== 'POST') return;
  const { requests } = world.state;
  requests.push({ at: world.now(), status, method: call.method, path: call.path, user: '-', milliseconds });
  if (requests.length > MOST_LINES) requests.splice(0, requests.length - MOST_LINES);
}

function frontPage(world: OscarWorld): string {
  const { name } = world.definition;
  const { services, runs, buckets } = world.state;
  const counts = `${services.length} services, ${buckets.length} buckets, ${runs.length} jobs`;
  return messagePage(
    name,
    `OSCAR ${world.abilities.version} answers here: ${counts}. Its API is below /system; MinIO is at ${world.minioUrl}.`,
  );
}
