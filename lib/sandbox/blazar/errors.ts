import { type Answer, Refusal } from '../http/call';

/** An error of Blazar's handlers. Its codes mean little: a shortage of hosts is a 500. */
export function blazarError(code: number, message: string, name: number | string = code): Refusal {
  return new Refusal({ status: code, body: { error_code: code, error_message: message, error_name: name } });
}

export const internal = () => blazarError(500, 'Internal Server Error', 'INTERNAL_SERVER_ERROR');
export const notEnoughHosts = () => blazarError(500, 'Not enough hosts available');
export const busy = () => blazarError(500, 'Invalid lease status.');
export const noLease = (id: string | undefined) => blazarError(404, `Object with {'lease_id': '${id}'} not found`);
export const noHost = (id: string | undefined) => blazarError(404, `Object with {'host_id': '${id}'} not found`);
export const missing = (...names: string[]) => blazarError(400, `Missing parameter ${names.join(', ')}`);
export const malformed = (what: string) => blazarError(400, `Malformed parameter ${what}`);
export const notSupported = (kind: string) => blazarError(500, `The ${kind} resource type is not supported`);
export const notAllowed = (what: string) => blazarError(403, `Policy doesn't allow blazar:${what} to be performed`);

/** A refusal of a change after which Blazar takes the lease for broken. */
export class Breaking extends Error {
  override readonly name = 'Breaking';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** An error of the web framework below the handlers. */
export const frameworkError = (status: number, message: string): Answer => ({ status, body: { error: status, error_message: message } });

export const brokenJson = () =>
  new Refusal(
    frameworkError(
      500,
      'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
    ),
  );

export const blazarUnknown = (): Answer =>
  frameworkError(
    404,
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  );
