import { AppError } from '@/lib/core/errors';
import type { PeerKind } from './types';
import { wordsOf } from './words';

/** Where a request was going. */
export interface Destination {
  /** see `Peer` */
  discreet?: boolean;
  kind: PeerKind;
  /** what the peer is called */
  site: string;
  /** which of its services: for a site the type in the catalogue */
  service: string;
  /** host and port */
  host: string;
  requestId: string;
}

/** How a request came to nothing: `not-sent` had surely no effect, `cut-off` may have had one. */
export type FailureKind = 'not-sent' | 'cut-off';

const NEVER_CONNECTED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** OpenSSL's and Node's names for a certificate that can't be verified (nodejs.org/api/tls.html#x509-certificate-error-codes). */
const TLS_NAMES = new Set(['HOSTNAME_MISMATCH', 'INVALID_CA', 'PATH_LENGTH_EXCEEDED', 'INVALID_PURPOSE', 'EPROTO']);
const TLS_PATTERN = /CERT|ERR_SSL|ERR_TLS|_CRL_|UNABLE_TO_VERIFY|ISSUER/;

/** Whether a failure happened before anything was sent. */
export function kindOfFailure(error: unknown): FailureKind {
  if (error instanceof AppError) return 'not-sent'; // the guard's refusal, thrown while connecting
  const code = codeOf(error);
  return NEVER_CONNECTED.has(code) || isTls(code) ? 'not-sent' : 'cut-off';
}

const LASTING = new Set(['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_CONNECT_TIMEOUT', 'TIMEOUT']);

/** Whether repeating at once can help. A refusal of the guard and a bad certificate stay what they are, and a time is spent once. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return !(error instanceof AppError) && !isTls(code) && !LASTING.has(code);
}

/**
 * Explains why no answer came.
 * @param error what the HTTP client threw
 * @param seconds the time the request was given
 */
export function explainFailure(error: unknown, to: Destination, seconds: number): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (to.discreet && !isTold(code)) return silent(to);
  const { subject, possessive, elsewhere } = wordsOf(to.kind);
  const at = `the ${to.service} service of ${to.site} (${to.host})`;
  const upstream = { service: to.service, message: words(code, error), requestId: to.requestId };
  if (isTls(code)) {
    return new AppError({
      code: 'site-tls-untrusted',
      title: `The ${possessive} certificate is not trusted`,
      detail: `The certificate of ${at} could not be verified, so nothing was sent to it.`,
      cause: TLS_CAUSES[code] ?? `The check ended with ${code}.`,
      remedy: `If it has a certificate authority of its own, add that authority’s certificate (PEM) to what is kept of it here. Else tell the ${possessive} operators.`,
      upstream,
    });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new AppError({
      code: 'upstream-failed',
      title: `The ${possessive} answer is too large`,
      detail: `The answer of ${at} was larger than 8 MiB and was not read to its end.`,
      remedy: `Tell the ${possessive} operators, with the request id.`,
      upstream,
    });
  }
  const slow = code === 'TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return new AppError({
    code: 'site-unreachable',
    title: slow ? `${subject} did not answer in time` : `${subject} can’t be reached`,
    detail: slow ? `No answer of ${at} came within ${seconds} s.` : `No connection to ${at} could be made or kept.`,
    cause: CAUSES[code],
    remedy: `Try again in some minutes. If it stays, ${elsewhere}.`,
    upstream,
  });
}

/**
 * Where a person named the address, only what a name server says and what a certificate says is told. Whether a port is closed, filtered,
 * or speaks something else would tell them of networks that they may not reach themselves.
 */
function isTold(code: string): boolean {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return false;
  return isTls(code) || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || /^(ENOTFOUND|EAI_)/.test(code);
}

function silent(to: Destination): AppError {
  return new AppError({
    code: 'site-unreachable',
    title: `${wordsOf(to.kind).subject} can’t be reached`,
    detail: `No ${to.service} service${to.kind === 'site' ? ' of OpenStack' : ''} answers at ${to.host}.`,
    cause: SILENCE,
    remedy:
      to.kind === 'site'
        ? 'Compare the address, its scheme and port with the site’s clouds.yaml or RC file, and try again in some minutes.'
        : 'Look whether the address, its scheme and port are right, and try again in some minutes.',
    upstream: { service: to.service, message: 'no answer', requestId: to.requestId },
  });
}

const SILENCE = 'Nothing that Transat could talk to is there, or it did not answer in time.';

const TLS_CAUSES: Record<string, string> = {
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  CERT_NOT_YET_VALID: 'The certificate is not valid yet.',
  CERT_REVOKED: 'The certificate was revoked.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is signed by itself.',
  SELF_SIGNED_CERT_IN_CHAIN: 'It is signed by a certificate authority that is not known here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'It is signed by a certificate authority that is not known here, or the server leaves out part of the chain.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'It is signed by a certificate authority that is not known here.',
  UNABLE_TO_GET_ISSUER_CERT: 'It is signed by a certificate authority that is not known here.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host name.',
  EPROTO: 'The server does not speak TLS at this address.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The server does not speak TLS at this address.',
};

const CAUSES: Record<string, string> = {
  ENOTFOUND: 'Its host name is not known to the name servers.',
  EAI_AGAIN: 'The name servers did not answer.',
  ECONNREFUSED: 'Nothing listens at that address.',
  EHOSTUNREACH: 'There is no way through the network to that host.',
  ENETUNREACH: 'There is no way through the network to that host.',
  UND_ERR_CONNECT_TIMEOUT: 'The host did not answer to the attempt to connect.',
  ECONNRESET: 'The connection was cut by the other side.',
  UND_ERR_SOCKET: 'The connection was cut by the other side.',
};

function isTls(code: string): boolean {
  return TLS_NAMES.has(code) || TLS_PATTERN.test(code);
}

/** The code of an error or of what lies behind it; `TIMEOUT` for the request's own time limit. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? 'UNKNOWN' : codeOf(error.cause);
}

function words(code: string, error: unknown): string {
  // Node's and undici's messages name hosts, ports and times; request bodies and headers are never part of them.
  return error instanceof Error ? `${code}: ${error.message || error.name}` : code;
}
