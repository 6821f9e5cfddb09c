import type { ProblemDocument } from '@/lib/api/contract/common';
import type { Me } from '@/lib/api/contract/people';
import { linesOf } from './lines';

/** What the API refused, with everything it said about it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.title);
    this.problem = problem;
  }
}

type Query = Record<string, string | number | boolean | undefined>;
interface RequestOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** the same key makes a repeated request the same request */
  idempotencyKey?: string;
}

/** So long nothing is heard of a file on its way before that counts as cut off. */
const SILENCE_MS = 90_000;

let csrf: string | null = null;

/** Path and query of an address of the API. */
export function apiPath(path: string, query: Query = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `/api/v1${path}${search && `?${search}`}`;
}

/** The person who is signed in. Also keeps what writes need. */
export async function readMe(signal?: AbortSignal): Promise<Me> {
  const me = await send<Me>('GET', '/me', { signal });
  csrf = me.csrf;
  return me;
}

/** Reads from the API. @throws ApiProblem */
export function get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer> {
  return send<Answer>('GET', path, { query, signal });
}

/** Reads an answer that is a text for people or programs. @throws ApiProblem */
export async function getText(path: string, query?: Query, signal?: AbortSignal): Promise<string> {
  const response = await request('GET', path, { query, signal }, '*/*');
  if (!response.ok) await answerOf(path, response);
  return await response.text();
}

/** Writes to the API, with the token that shows the write is ours; a token gone stale is renewed once. @throws ApiProblem */
export async function write<Answer>(method: 'POST' | 'PATCH' | 'DELETE', path: string, options: RequestOptions = {}): Promise<Answer> {
  return await withToken(() => send<Answer>(method, path, options));
}

/**
 * Sends a file as it is, and tells how many of its bytes have gone.
 * @throws ApiProblem
 */
export async function upload<Answer>(path: string, query: Query, file: Blob, onSent: (bytes: number) => void): Promise<Answer> {
  return await withToken(async () => {
    const { status, text } = await sendFile(apiPath(path, query), file, onSent).catch(() => {
      throw new ApiProblem(unreachable(path));
    });
    return (await answerOf(path, new Response(status === 204 ? null : text, { status }))) as Answer;
  });
}

// fetch does not tell how far it is
function sendFile(address: string, file: Blob, onSent: (bytes: number) => void): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    if (csrf !== null) request.setRequestHeader('x-csrf-token', csrf);
    // a connection that is cut may say nothing of it
    let silence: NodeJS.Timeout | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE_MS);
    };
    heard();
    request.upload.onprogress = ({ loaded }) => {
      heard();
      onSent(Math.min(loaded, file.size));
    };
    request.onloadend = () => clearTimeout(silence);
    request.onabort = () => reject(new Error('no answer'));
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Error('no answer'));
    request.send(file);
  });
}

/**
 * Reads an answer of many lines, each as soon as it has come.
 * @param method `POST` for a question that needs a body; it changes nothing
 * @throws ApiProblem also when it ends early
 */
export async function readLines<Line>(
  method: 'GET' | 'POST',
  path: string,
  options: RequestOptions,
  onLine: (line: Line) => void,
): Promise<void> {
  const open = async () => {
    const response = await request(method, path, options, 'application/x-ndjson');
    if (!response.ok) await answerOf(path, response);
    return response;
  };
  const { body } = method === 'GET' ? await open() : await withToken(open);
  if (!body) return;
  try {
    for await (const text of linesOf(body)) {
      const line: object = JSON.parse(text);
      if ('failed' in line && isProblem(line.failed)) throw new ApiProblem(line.failed);
      // as with whole answers, the contract of lib/api says what a line is
      onLine(line as Line);
    }
  } catch (error) {
    throw error instanceof TypeError ? new ApiProblem(unreachable(path)) : error;
  }
}

async function withToken<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  if (csrf === null) await readMe();
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'csrf-rejected') throw error;
    await readMe();
    return await work();
  }
}

async function send<Answer>(method: string, path: string, options: RequestOptions): Promise<Answer> {
  return (await answerOf(path, await request(method, path, options, 'application/json'))) as Answer;
}

async function request(
  method: string,
  path: string,
  { query, body, signal, idempotencyKey }: RequestOptions,
  accept: string,
): Promise<Response> {
  const headers: Record<string, string> = { accept };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== null) headers['x-csrf-token'] = csrf;
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
  return await fetch(apiPath(path, query), {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(unreachable(path));
  });
}

// the contract of lib/api says what each path answers; its tests hold it to that
async function answerOf(path: string, response: Response): Promise<unknown> {
  const answer = parse(await response.text());
  if (!response.ok) throw new ApiProblem(isProblem(answer) ? answer : unreadable(path, response.status));
  return answer;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(answer: unknown): answer is ProblemDocument {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer;
}

/** Codes of problems that arise here, before or after the API: the screens have their sentences. */
export const offline = 'offline';
export const badAnswer = 'bad-answer';

function unreachable(path: string): ProblemDocument {
  return { type: 'about:blank', status: 0, code: offline, title: offline, detail: path, requestId: '' };
}

/** For a stream that ended before its last line. */
export function cutShort(path: string): ApiProblem {
  return new ApiProblem(unreachable(path));
}

function unreadable(path: string, status: number): ProblemDocument {
  return { type: 'about:blank', status, code: badAnswer, title: badAnswer, detail: path, requestId: '' };
}
