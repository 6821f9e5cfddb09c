import type { Fault } from '../http/body';
import { Refusal } from '../http/call';

/** A fault as Neutron words it. */
export function neutronError(status: number, type: string, message: string): Refusal {
  return new Refusal({ status, body: { NeutronError: { type, message, detail: '' } } });
}

export const notFound = (type: string, message: string) => neutronError(404, type, message);
export const invalidInput = (message: string) => neutronError(400, 'InvalidInput', `Invalid input for operation: ${message}.`);
export const malformedBody = () => neutronError(400, 'HTTPBadRequest', 'Body contains invalid data');
export const unknownPath = () => neutronError(404, 'HTTPNotFound', 'The resource could not be found.').answer;

/** The refusal of a body of the form `{"<resource>": {…}}`. */
export function invalidBody(resource: string): (fault: Fault) => Refusal {
  return (fault) => {
    if (fault.unknownKeys.length > 0)
      return neutronError(400, 'HTTPBadRequest', `Unrecognized attribute(s) '${fault.unknownKeys.join(', ')}'`);
    if (fault.path.length <= 1 && (fault.path[0] ?? resource) === resource)
      return neutronError(400, 'HTTPBadRequest', `Unable to find '${resource}' in request body`);
    const field = fault.path.slice(1).join('.');
    if (fault.value === undefined)
      return neutronError(400, 'HTTPBadRequest', `Failed to parse request. Required attribute '${field}' not specified`);
    const value = typeof fault.value === 'string' ? `'${fault.value}'` : JSON.stringify(fault.value);
    return neutronError(400, 'HTTPBadRequest', `Invalid input for ${field}. Reason: ${value} is not valid: ${fault.message}.`);
  };
}
