import { AppError, type FieldProblem } from './errors';
import { invalidInput } from './problems';
import { storable } from './storable';

const MOST_BYTES = 1024 * 1024;
const MAX_DEPTH = 40;

/**
 * Reads a request's body as text. What says that it is larger is not read at all, and what is larger without saying so not to its end.
 * @param hold is told how many bytes more there are; what it throws ends the reading
 * @param most bytes; 1 MiB where left out
 * @throws AppError `body-too-large`
 */
export async function readBody(request: Request, hold: (bytes: number) => void, most = MOST_BYTES): Promise<string> {
  if (Number(request.headers.get('content-length')) > most) throw tooLarge(most);
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    hold(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Refuses a body that is not said to be JSON. A form of another site can send no such type without asking this one first (Fetch, 4.9).
 * @throws AppError `unsupported-media-type`
 */
export function requireJson(contentType: string | null): void {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json' || type?.endsWith('+json')) return;
  throw new AppError({
    code: 'unsupported-media-type',
    title: 'The body is not said to be JSON',
    detail: `Content-Type is ${type ? `“${type.slice(0, 100)}”` : 'missing'}.`,
    remedy: 'Send JSON, with Content-Type: application/json.',
  });
}

/**
 * A body's JSON, holding nothing that the database can't store.
 * @param cleans what can't be stored is left out, instead of being refused
 * @throws AppError `bad-request` when it is not JSON, `invalid-input` naming the field
 */
export function parseJson(text: string, cleans = false): unknown {
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new AppError({
      code: 'bad-request',
      title: 'The body is not JSON',
      detail: 'The request’s body could not be read as JSON.',
      remedy: 'Send a JSON object, with Content-Type: application/json.',
    });
  }
  if (isDeeper(value, MAX_DEPTH)) throw invalidInput([{ path: '', message: 'This is nested too deeply.' }]);
  const kept = cleans ? storable(value) : value;
  const fault = findFault(kept, '');
  if (fault) throw invalidInput([fault]);
  return kept;
}

/** Whether a value has more than so many levels; what lies deeper is not looked at. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

// PostgreSQL takes neither NUL nor half surrogate pairs in text; `__proto__` is a key that libraries may trip over.
function findFault(value: unknown, path: string): FieldProblem | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : { path, message: 'This text has characters that can’t be stored.' };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || !isStorable(key)) return { path, message: 'This has a field whose name can’t be used.' };
    const fault = findFault(inner, path ? `${path}.${key}` : key);
    if (fault) return fault;
  }
  return undefined;
}

/** Whether the database can hold a text. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function tooLarge(most: number): AppError {
  return new AppError({
    code: 'body-too-large',
    title: 'The request is too large',
    detail: `The body of this request may have ${most / 1024} KiB at most.`,
    remedy: 'Send less at once. Large files belong on the nodes, not in the request.',
  });
}
