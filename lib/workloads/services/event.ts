/** What tells the supervisor inside a job that a file has arrived, or that another cluster has passed on that one has. */
const told = ['Records', 'event', 'event_type', 'httpMethod'];

/**
 * What is posted so that a program reads a text as it was written: an event of a storage as it is, anything else in base64. OSCAR hands it to its supervisor through
 * `echo` of a shell, which changes blanks and backslashes; and the supervisor fails over a text that is neither an object of JSON nor base64 (seen of 1.5.8). Pure.
 */
export function asEvent(text: string): string {
  return isOfStorage(text) ? text : Buffer.from(text).toString('base64');
}

function isOfStorage(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && told.some((key) => Object.hasOwn(value, key));
  } catch {
    return false;
  }
}
