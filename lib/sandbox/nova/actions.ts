import { z } from 'zod';
import { check, parseJson } from '../http/body';
import type { Answer, Call } from '../http/call';
import type { ServerRecord } from '../state/records';
import { invalidBody, malformedBody, novaFault } from './errors';
import type { ServerLife } from './life';

const rebootBody = z.object({
  reboot: z.strictObject({
    type: z.enum(['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'], "is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']"),
  }),
});
const consoleBody = z.object({
  'os-getConsoleOutput': z.strictObject({ length: z.union([z.number().int(), z.string().regex(/^-?\d+$/)]).nullish() }).nullable(),
});
const resizeBody = z.object({
  resize: z.strictObject({
    flavorRef: z.union([z.string().min(1), z.number().transform(String)]),
    'OS-DCF:diskConfig': z.string().optional(),
  }),
});

/** POST /servers/{id}/action: start, stop, reboot, resize and the console's text. */
export function serverAction(server: ServerRecord, call: Call, life: ServerLife): Answer {
  const body = parseJson(call.text, malformedBody);
  const name = typeof body === 'object' && body !== null ? (Object.keys(body)[0] ?? '') : '';
  switch (name) {
    case 'os-start':
      allow(server, 'start', ['stopped']);
      life.start(server);
      return { status: 202 };
    case 'os-stop':
      allow(server, 'stop', ['active']);
      life.stop(server);
      return { status: 202 };
    case 'reboot': {
      const type = check(rebootBody, body, invalidBody).reboot.type.toUpperCase();
      if (server.vmState !== 'active') throw refusedAs('reboot', server);
      allow(server, 'reboot', ['active']);
      life.reboot(server, type === 'HARD' ? 'HARD' : 'SOFT');
      return { status: 202 };
    }
    case 'os-getConsoleOutput': {
      const wanted = check(consoleBody, body, invalidBody)['os-getConsoleOutput'];
      if (server.launchedAt === null) throw notReady(server);
      const length = wanted?.length === undefined || wanted.length === null ? -1 : Number(wanted.length);
      const lines = length < 0 ? server.console : length === 0 ? [] : server.console.slice(-length);
      return { status: 200, body: { output: lines.join('\n') } };
    }
    case 'resize': {
      const { flavorRef } = check(resizeBody, body, invalidBody).resize;
      allow(server, 'resize', ['active', 'stopped']);
      life.resize(server, flavorRef);
      return { status: 202 };
    }
    case 'confirmResize':
      allowResized(server, 'confirmResize');
      life.confirmResize(server);
      return { status: 204 };
    case 'revertResize':
      allowResized(server, 'revertResize');
      life.revertResize(server);
      return { status: 202 };
    default:
      throw novaFault(400, `There is no such action: ${name}`);
  }
}

function allow(server: ServerRecord, verb: string, states: ServerRecord['vmState'][]): void {
  if (server.launchedAt === null) throw notReady(server);
  if (!states.includes(server.vmState)) throw refusedAs(verb, server);
  if (server.taskState !== null) {
    throw novaFault(409, `Cannot '${verb}' instance ${server.id} while it is in task_state ${server.taskState}`);
  }
}

// What has never been resized, or was confirmed already, is in no state for it.
function allowResized(server: ServerRecord, verb: string): void {
  if (server.vmState !== 'resized') throw refusedAs(verb, server);
  if (!server.resize) throw novaFault(400, 'Instance has not been resized.');
  if (server.taskState !== null) {
    throw novaFault(409, `Cannot '${verb}' instance ${server.id} while it is in task_state ${server.taskState}`);
  }
}

const notReady = (server: ServerRecord) => novaFault(409, `Instance ${server.id} is not ready`);
const refusedAs = (verb: string, server: ServerRecord) =>
  novaFault(409, `Cannot '${verb}' instance ${server.id} while it is in vm_state ${server.vmState}`);
