/**
 * Every way in which something can go wrong, as a closed set: each has a status for HTTP, and a row in docs/errors.md.
 * Codes are stable; people search for them.
 */
export const errorCodes = {
  'bad-request': 400,
  'not-signed-in': 401,
  'session-expired': 401,
  forbidden: 403,
  'recent-sign-in-needed': 403,
  'csrf-rejected': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-input': 422,
  'rate-limited': 429,
  internal: 500,
  'not-ready': 503,
  'credential-invalid': 422,
  'credential-expired': 422,
  'credential-missing': 422,
  'vo-not-mapped': 403,
  'protocol-unsupported': 502,
  'identity-provider-unknown': 502,
  'project-not-yours': 403,
  'site-unreachable': 502,
  'site-tls-untrusted': 502,
  'site-address-refused': 422,
  'site-catalog-incomplete': 502,
  'site-rate-limited': 503,
  'quota-exceeded': 409,
  'image-not-found': 422,
  'flavor-not-found': 422,
  'network-not-found': 422,
  'addresses-exhausted': 409,
  'network-unreachable': 409,
  'port-in-use': 409,
  'security-groups-refused': 422,
  'zone-mismatch': 409,
  'zone-not-found': 422,
  'no-host-available': 409,
  'resize-refused': 409,
  'server-error-state': 502,
  'deadline-passed': 504,
  'upstream-refused': 502,
  'upstream-failed': 502,
  'node-step-failed': 502,
  'node-disk-full': 502,
  'node-out-of-memory': 502,
  'node-clock-wrong': 502,
  'node-packages-locked': 502,
  'node-name-unresolved': 502,
  'node-tls-refused': 502,
  'node-mirror-unreachable': 502,
  'node-cloud-init-failed': 502,
  'node-unreachable': 502,
  'recipe-invalid': 422,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorCodes;

/** What a service of a cloud (or another upstream) said, word for word, for those who must ask its operators. */
export interface Upstream {
  /** the service's type in the catalogue: `compute`, `network`, `identity` … */
  service: string;
  /** HTTP status; absent when nothing answered */
  status?: number;
  message: string;
  /** the service's own request id (`x-openstack-request-id`) */
  requestId?: string;
}

/** One faulty field of what a person or program sent. `path` is dotted: `inputs.worker_count`. */
export interface FieldProblem {
  path: string;
  message: string;
  /** the message by its key, for a screen that says it in the person's language */
  remark?: Remark;
}

/** What a problem says, by the keys of its sentences: for a screen that says them in the person's language. */
export interface Remarks {
  title?: Remark;
  detail?: Remark;
  cause?: Remark;
  remedy?: Remark;
}
interface Remark {
  key: string;
  params: Record<string, string>;
}

/** {@link AppError} as plain data: what the ledger, events and problem+json carry. */
export interface Problem {
  code: ErrorCode;
  /** what happened, in one line */
  title: string;
  /** the same with its particulars */
  detail: string;
  /** why it happened, where that is known */
  cause?: string;
  /** what to do now */
  remedy?: string;
  upstream?: Upstream;
  fields?: FieldProblem[];
  /** what could be asked for instead, looked at anew, in the form in which it is asked for */
  alternatives?: Record<string, unknown>[];
  remarks?: Remarks;
}

// Next bundles this module several times into one process, and what one copy throws another catches: the mark, not the
// class, says that it is ours.
const mark = Symbol.for('transat.app-error');

/** The one error of the house. Whatever a person may see is made from it. */
export class AppError extends Error implements Problem {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }

  readonly [mark] = true;
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly title: string;
  readonly detail: string;
  override readonly cause?: string;
  readonly remedy?: string;
  readonly upstream?: Upstream;
  readonly fields?: FieldProblem[];
  readonly alternatives?: Record<string, unknown>[];
  readonly remarks?: Remarks;

  constructor(problem: Omit<Problem, 'detail'> & { detail?: string }) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail ?? problem.title;
    this.cause = problem.cause;
    this.remedy = problem.remedy;
    this.upstream = problem.upstream;
    this.fields = problem.fields;
    this.alternatives = problem.alternatives;
    this.remarks = problem.remarks;
  }

  /** HTTP status of the error's code. */
  get status(): number {
    return errorCodes[this.code];
  }

  /** The error as plain data, without keys that have no value. */
  toProblem(): Problem {
    const { code, title, detail, cause, remedy, upstream, fields, alternatives, remarks } = this;
    const optional = Object.entries({ cause, remedy, upstream, fields, alternatives, remarks }).filter(([, value]) => value !== undefined);
    return { code, title, detail, ...Object.fromEntries(optional) };
  }

  /** Any thrown value as an AppError; what is not one becomes `internal`, and its text stays out of what people see. */
  static from(error: unknown): AppError {
    if (error instanceof AppError) return error;
    return new AppError({
      code: 'internal',
      title: 'Something in Transat itself failed',
      detail: 'The request met a fault in Transat, not in your input or in a site.',
      remedy: 'Try again. If it stays, give the operator the request id shown here.',
    });
  }
}
