import type { z } from 'zod';
import type { OwnedKind } from '@/lib/auth/may';
import type { Person } from '@/lib/auth/types';
import type { FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import type { Limit } from '@/lib/core/tries';
import type { Services } from '../services';
import type { Reply } from './reply';
import { strangerOf } from './stranger';

/** As many people may be behind one network who have not signed in, a room of learners among them. */
export const perNetwork = 20;

/** `anyone`: also without signing in. `node`: the handler checks a node's own token. */
export type Audience = 'anyone' | 'signed-in' | 'node';

/** The contract of one route: what the documentation, the checks and the tests of access read. */
export interface RouteSpec<Path extends string = string, A extends Audience = Audience> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** below /api/v1: `/deployments/{id}` */
  path: Path;
  access: A;
  /** what the path's `{id}` names: only those who may are let through to it (`lib/auth/may`), to others it is not there */
  of?: OwnedKind;
  /** most bytes of a body; 1 MiB where left out */
  mostBytes?: number;
  /** its body is no JSON: it is not read here, but passed on by the handler as it comes */
  streams?: true;
  /** of its body what can't be stored is left out: it comes from a program that would only send it again */
  cleans?: boolean;
  /**
   * looked at before the body is read: whoever is refused sends it in vain.
   * @returns what is told of the bytes of the body as they are read, and may refuse the rest
   * @throws AppError
   */
  knock?: (call: Knock) => Promise<(bytes: number) => void>;
  /** a POST that changes nothing: tokens of scope `read` may send it, and it needs no Idempotency-Key */
  readOnly?: boolean;
  /** how often one person may ask, or one network of those who have not signed in; counted when query and body are as the contract says */
  limit?: Limit;
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** by status; null for an answer without body */
  answers: Record<number, z.ZodType | 'stream' | null>;
  /** what each line of the answer is, where a request that accepts application/x-ndjson is answered piece by piece */
  lines?: z.ZodType;
}

/** What is known of a call before its body. */
export interface Knock {
  services: Services;
  params: Record<string, string>;
  request: Request;
}

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never;

/** What a handler is given: all checked. */
export interface Call<Path extends string = string, A extends Audience = Audience, Query = unknown, Body = unknown> {
  services: Services;
  person: A extends 'signed-in' ? Person : Person | null;
  params: Record<ParamNames<Path>, string>;
  query: Query;
  body: Body;
  request: Request;
  /** fires when the reader has gone, or what let them in has ended */
  signal: AbortSignal;
  requestId: string;
}

/** A call before its query and body were checked against the contract. */
interface RawCall extends Omit<Call, 'person' | 'params' | 'query' | 'body'> {
  person: Person | null;
  params: Record<string, string>;
  query: Record<string, string>;
  body: unknown;
}

export interface Route {
  spec: RouteSpec;
  run(call: RawCall): Promise<Reply | Response>;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler may answer: a body that the contract of one of its answers takes. */
type BodyOf<Answers> = { [Status in keyof Answers]: Answers[Status] extends z.ZodType ? z.input<Answers[Status]> : never }[keyof Answers];

/** Joins a contract with its handler. */
export function route<
  Path extends string,
  A extends Audience,
  R extends RouteSpec['answers'],
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: RouteSpec<Path, A> & { query?: Q; body?: B; answers: R },
  handle: (call: Call<Path, A, Parsed<Q>, Parsed<B>>) => Promise<Reply<BodyOf<R>> | Response>,
): Route {
  return {
    spec,
    run: async (raw) => {
      const call = { ...raw, query: check(spec.query, raw.query), body: check(spec.body, raw.body) };
      if (spec.limit && raw.person) await raw.services.tries.take(raw.person.id, spec.limit);
      else if (spec.limit)
        raw.services.tries.takeFrom(strangerOf(raw.request, raw.services), { ...spec.limit, most: spec.limit.most * perNetwork });
      // The dispatcher gives a person where the access asks for one, and the params that the path names.
      return await handle(call as Call<Path, A, Parsed<Q>, Parsed<B>>);
    },
  };
}

function check(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidInput(result.error.issues.flatMap(toFields));
}

function toFields(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'This field is not known here.' }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}
