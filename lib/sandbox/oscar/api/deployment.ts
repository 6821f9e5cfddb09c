import type { Answer, Call } from '../../http/call';
import type { ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { maySee } from './auth';
import { type Caller, json, refuse } from './call';
import { isExposed } from './service-body';
import { NOT_YOURS, serviceOf } from './services';

/** How the long-running part of a service is, where it has one. */
export function deployment(world: OscarWorld, caller: Caller, call: Call): Answer {
  return json(stateOf(visible(world, caller, call)));
}

export function deploymentLogs(world: OscarWorld, caller: Caller, call: Call): Answer {
  const service = visible(world, caller, call);
  if (isExposed(service)) {
    const entries = [{ message: 'The sandbox has no exposed services: nothing runs here.' }];
    return json({ service_name: service.name, available: true, entries });
  }
  // of a service that runs in jobs, what those have printed
  const entries = world.state.runs.filter((run) => run.service === service.name).flatMap(({ log }) => log.map((message) => ({ message })));
  const message =
    entries.length > 0
      ? 'Returning recent logs from the last runtime attempt while deployment status remains unavailable.'
      : 'Deployment logs are unavailable for this service.';
  return json({ service_name: service.name, available: entries.length > 0, message, entries });
}

/** POST …/stop, start and restart. */
export function lifecycle(world: OscarWorld, caller: Caller, call: Call): Answer {
  const service = serviceOf(world, caller, call.params.name ?? '');
  if (service.owner !== caller.uid && !caller.admin) throw refuse(403);
  if (!isExposed(service)) throw refuse(400, `service "${service.name}" is not exposed`);
  service.annotations = { ...service.annotations, [STOPPED]: String(call.path.endsWith('/stop')) };
  world.changed();
  return json(stateOf(service));
}

/** Of a service that is not there, OSCAR says here that one may not see it. */
function visible(world: OscarWorld, caller: Caller, call: Call): ServiceRecord {
  const service = world.service(call.params.name ?? '');
  if (!service || !maySee(service, caller)) throw refuse(403, NOT_YOURS);
  return service;
}

const STOPPED = 'oscar.grycap/stopped';

function stateOf(service: ServiceRecord): unknown {
  const stopped = service.annotations[STOPPED] === 'true';
  const exposed = isExposed(service);
  return {
    service_name: service.name,
    namespace: 'oscar-svc',
    state: exposed ? (stopped ? 'stopped' : 'ready') : 'unavailable',
    ...reasonOf(exposed, stopped),
    active_instances: exposed && !stopped ? 1 : 0,
    affected_instances: 0,
    resource_kind: exposed ? 'exposed_service' : 'unavailable',
  };
}

function reasonOf(exposed: boolean, stopped: boolean): { reason?: string } {
  if (!exposed) return { reason: 'Current deployment visibility is unavailable for this service runtime.' };
  return stopped ? { reason: 'Deployment is stopped.' } : {};
}
