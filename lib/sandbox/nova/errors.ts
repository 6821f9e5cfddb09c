import type { Fault } from '../http/body';
import { htmlPage, Refusal } from '../http/call';

const kinds: Record<number, string> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  406: 'computeFault',
  409: 'conflictingRequest',
  413: 'overLimit',
  500: 'computeFault',
};

/** A fault as Nova and Cinder word it: `{"itemNotFound": {"code": 404, "message": …}}`. */
export function novaFault(code: number, message: string, extra: Record<string, unknown> = {}, headers?: Record<string, string>): Refusal {
  return new Refusal({ status: code, headers, body: { [kinds[code] ?? 'computeFault']: { code, message, ...extra } } });
}

/** The refusal of a body that does not fit the schema, in the words of Nova's JSON schema validation. */
export function invalidBody(fault: Fault): Refusal {
  const field = fault.path.at(-1) ?? '';
  if (fault.unknownKeys.length > 0) {
    const names = fault.unknownKeys.map((key) => `'${key}'`).join(', ');
    const was = fault.unknownKeys.length > 1 ? 'were' : 'was';
    return novaFault(
      400,
      `Invalid input for field/attribute ${field || 'body'}. Value: ${JSON.stringify(fault.value)}. Additional properties are not allowed (${names} ${was} unexpected)`,
    );
  }
  if (fault.value === undefined) return novaFault(400, `'${field}' is a required property`);
  return novaFault(400, `Invalid input for field/attribute ${field}. Value: ${shown(fault.value)}. ${fault.message}`);
}

export const malformedBody = () => novaFault(400, 'Malformed request body');

export const unknownPath = () => ({ status: 404, body: htmlPage(404, 'Not Found', 'The resource could not be found.') });

/** What the Keystone middleware before Nova, Neutron, Cinder and Blazar answers without a good token. */
export function tokenRefused(identityUrl: string): Refusal {
  return new Refusal({
    status: 401,
    headers: { 'WWW-Authenticate': `Keystone uri="${identityUrl}"` },
    body: { error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' } },
  });
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
