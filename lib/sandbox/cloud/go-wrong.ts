import type { ServerResponse } from 'node:http';
import type { Answer } from '../http/call';
import { send } from '../http/listen';
import type { Fault } from './faults';

interface Request {
  response: ServerResponse;
  service: string;
  /** carries the request out */
  commit: () => Promise<Answer>;
  headers: Record<string, string>;
}

const reasons: Record<number, string> = {
  429: 'Too Many Requests',
  500: 'The server has either erred or is incapable of performing the requested operation.',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

/** Answers a request as it was told to go wrong. */
export async function answerFault(fault: Fault, { response, service, commit, headers }: Request): Promise<void> {
  const { status, delayMs = 0, afterCommit } = fault.answer;
  if (status === 'slow') {
    const good = await commit();
    return later(response, delayMs || 5_000, () => send(response, good));
  }
  const committed = afterCommit || status === 'timeout-after-commit' || status === 'reset-after-commit';
  if (committed) await commit();
  // nothing is ever answered: the client's own patience ends it
  if (status === 'timeout' || status === 'timeout-after-commit') return;
  if (status === 'reset' || status === 'reset-after-commit') {
    response.socket?.resetAndDestroy();
    return;
  }
  const answer: Answer = {
    status,
    headers: { ...headers, ...(status === 429 ? { 'Retry-After': '1' } : {}), ...fault.answer.headers },
    body: fault.answer.body ?? bodyFor(status, service),
  };
  later(response, delayMs, () => send(response, answer));
}

/** What such a status usually carries: a proxy's page before the service, else the service's own shape. */
function bodyFor(status: number, service: string): unknown {
  const message = reasons[status] ?? `The sandbox was told to answer ${status}.`;
  if (status === 429 || (status >= 502 && status <= 504)) return `<html><body><h1>${status} ${message}</h1></body></html>\n`;
  switch (service) {
    case 'network':
      return { NeutronError: { type: status === 500 ? 'HTTPInternalServerError' : 'NeutronException', message, detail: '' } };
    case 'identity':
      return { error: { code: status, message, title: 'Error' } };
    case 'reservation':
      return { error_code: status, error_message: status === 500 ? 'Internal Server Error' : message, error_name: status };
    case 'image':
      return `<html><head><title>${status}</title></head><body><h1>${status}</h1>${message}</body></html>`;
    default:
      return { computeFault: { code: status, message } };
  }
}

function later(response: ServerResponse, milliseconds: number, action: () => void): void {
  if (milliseconds === 0) {
    action();
    return;
  }
  const timer = setTimeout(action, milliseconds);
  response.on('close', () => clearTimeout(timer));
}
