import type { z } from 'zod';
import type { Secret } from '@/lib/core/secret';
import { type Answer, jsonOf } from '@/lib/web/answer';
import { doorOf } from '@/lib/web/doors';
import { hide } from '@/lib/web/hide';
import { explain, notUnderstood } from './explain';
import type { OscarAuth, OscarEndpoint } from './types';

/** One call of OSCAR's API. */
export interface OscarCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** what it is for, as it follows "did not": `create the service fish` */
  doing: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  /** sent as it is, in place of a body */
  text?: string;
  headers?: Record<string, string>;
  /** statuses that are a success */
  expects: readonly number[];
  timeoutMs?: number;
  /** what of the body is secret: a refusal may quote it, and so may words beside a success */
  secrets?: readonly Secret[];
  /** in place of the endpoint's own way to sign in; null: none */
  token?: Secret | null;
  signal?: AbortSignal;
}

/** Talks to one cluster: the endpoint's guard, its sign-in, and errors that say what happened. */
export class Transport {
  readonly endpoint: OscarEndpoint;
  readonly #auth: OscarAuth;

  constructor(endpoint: OscarEndpoint, auth: OscarAuth) {
    this.endpoint = endpoint;
    this.#auth = auth;
  }

  get name(): string {
    return this.endpoint.name ?? this.endpoint.id;
  }

  /**
   * Makes a call. Only reading is ever repeated. An access token that is refused is renewed once.
   * @throws AppError as the door does; what {@link explain} makes of an answer that is no success
   */
  async call(call: OscarCall): Promise<Answer> {
    const answer = await this.ask(call);
    if (call.expects.includes(answer.status)) return answer;
    throw explain(answer, { cluster: this.name, doing: call.doing });
  }

  /** Makes a call and gives whatever was answered. */
  async ask(call: OscarCall): Promise<Answer> {
    const first = await this.#send(call, false);
    const renewable = call.token === undefined && this.#auth.kind === 'oidc';
    return first.status === 401 && renewable ? this.#send(call, true) : first;
  }

  /** Makes a call and reads its answer. @throws AppError also for an answer of another form */
  async read<T>(call: OscarCall, schema: z.ZodType<T>): Promise<T> {
    const answer = await this.call(call);
    return this.parse(answer, schema, call.doing);
  }

  /** @throws AppError `upstream-failed` */
  parse<T>(answer: Answer, schema: z.ZodType<T>, doing: string): T {
    const result = schema.safeParse(jsonOf(answer));
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const what = `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'of another form'}`;
    throw notUnderstood({ cluster: this.name, doing }, answer, what);
  }

  async #send(call: OscarCall, renew: boolean): Promise<Answer> {
    const root = this.endpoint.address.replace(/\/+$/, '');
    const url = new URL(root + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) url.searchParams.set(name, value);
    const authorization = await this.#authorization(call, renew);
    const answer = await doorOf({ ...this.endpoint, kind: 'cluster' }).send({
      service: 'oscar',
      method: call.method,
      url,
      headers: { ...authorization, ...call.headers },
      body: call.body,
      text: call.text,
      timeoutMs: call.timeoutMs,
      signal: call.signal,
    });
    const isData = answer.status < 400 && (call.secrets === undefined || /^\s*[{[]/.test(answer.body));
    return isData ? answer : { ...answer, body: hide(answer.body, this.#sent(authorization, call)) };
  }

  /** All that was secret in a call, as it went out. */
  #sent({ authorization = '' }: Record<string, string>, { secrets = [] }: OscarCall): string[] {
    const token = authorization.split(' ')[1] ?? '';
    const password = this.#auth.kind === 'basic' ? this.#auth.password.reveal() : '';
    return [...secrets.map((secret) => secret.reveal()), password, token];
  }

  async #authorization(call: OscarCall, renew: boolean): Promise<Record<string, string>> {
    if (call.token === null) return {};
    if (call.token) return { authorization: `Bearer ${call.token.reveal()}` };
    if (this.#auth.kind === 'oidc') return { authorization: `Bearer ${(await this.#auth.accessToken({ renew })).reveal()}` };
    const { user, password } = this.#auth;
    return { authorization: `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}` };
  }
}

/** One step of a path, as text that came from outside: also half a sign, which no URL has, is written as one. */
export const step = (name: string) => encodeURIComponent(name.toWellFormed());
