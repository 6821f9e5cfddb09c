import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What is known of a request when its signature is checked. */
export interface SignedRequest {
  method: string;
  /** as it came: path and query, still encoded */
  target: string;
  headers: IncomingHttpHeaders;
}

/** Why a request is refused, by S3's own code. */
export type SignatureFault =
  | 'AccessDenied'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryParametersError'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed'
  | 'ExpiredToken';

/** Who signed a request. `seed`: with what the signatures of its chunks begin. */
export type Checked =
  | { ok: true; accessKey: string; payload: string; seed: { key: Buffer; scope: string; time: string; signature: string } }
  | { ok: false; fault: SignatureFault };

const MOST_SKEW_MS = 15 * 60_000;
const LONGEST_SECONDS = 7 * 24 * 3600;
const hex = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * Checks an AWS signature, version 4, in the header or in a presigned address (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html).
 * @param secretOf the secret of an access key; undefined where there is none
 * @param now the time of the wall clock, which those who sign go by
 */
export function checkSignature(request: SignedRequest, secretOf: (accessKey: string) => string | undefined, now: Date): Checked {
  const [path = '/', query = ''] = split(request.target);
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
  const params = new Map(pairs);
  const presigned = params.has('X-Amz-Signature');
  const given = presigned ? fromQuery(params) : fromHeader(request.headers);
  if (!given) {
    const tried = presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed';
    return { ok: false, fault: presigned || request.headers.authorization ? tried : 'AccessDenied' };
  }
  const secret = secretOf(given.accessKey);
  if (secret === undefined) return { ok: false, fault: 'InvalidAccessKeyId' };
  const at = timeOf(given.time);
  if (at === null || given.date !== given.time.slice(0, 8)) return { ok: false, fault: 'AuthorizationHeaderMalformed' };
  if (presigned) {
    if (at - MOST_SKEW_MS > now.getTime()) return { ok: false, fault: 'AccessDenied' };
    if (at + given.expires * 1000 < now.getTime()) return { ok: false, fault: 'ExpiredToken' };
  } else if (Math.abs(at - now.getTime()) > MOST_SKEW_MS) return { ok: false, fault: 'RequestTimeTooSkewed' };
  const payload = presigned ? 'UNSIGNED-PAYLOAD' : (one(request.headers['x-amz-content-sha256']) ?? hex(''));
  const canonical = [
    request.method,
    path,
    pairs
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...given.signedHeaders.map((name) => `${name}:${(one(request.headers[name]) ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    given.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const scope = `${given.date}/${given.region}/${given.service}/aws4_request`;
  const key = signingKey(secret, given.date, given.region, given.service);
  const expected = mac(key, ['AWS4-HMAC-SHA256', given.time, scope, hex(canonical)].join('\n')).toString('hex');
  if (!same(expected, given.signature)) return { ok: false, fault: 'SignatureDoesNotMatch' };
  return { ok: true, accessKey: given.accessKey, payload, seed: { key, scope, time: given.time, signature: expected } };
}

/** The signature of one chunk of a streamed body, from that of the one before it. */
export function chunkSignature(seed: { key: Buffer; scope: string; time: string }, previous: string, data: Buffer): string {
  const text = ['AWS4-HMAC-SHA256-PAYLOAD', seed.time, seed.scope, previous, hex(''), hex(data)].join('\n');
  return mac(seed.key, text).toString('hex');
}

/** An address that somebody without keys may use for a while. @param at when it begins to be good */
export function presign(
  request: { method: string; url: URL; expiresSeconds: number; at: Date },
  keys: { accessKey: string; secret: string; region: string },
): string {
  const { url } = request;
  const time = request.at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  const pairs: [string, string][] = [
    ...url.searchParams,
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${keys.accessKey}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(request.expiresSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ];
  const query = pairs
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonical = [request.method, url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const key = signingKey(keys.secret, time.slice(0, 8), keys.region, 's3');
  const signature = mac(key, ['AWS4-HMAC-SHA256', time, scope, hex(canonical)].join('\n')).toString('hex');
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${signature}`;
}

interface Given {
  accessKey: string;
  date: string;
  region: string;
  service: string;
  time: string;
  expires: number;
  signedHeaders: string[];
  signature: string;
}

function fromHeader(headers: IncomingHttpHeaders): Given | null {
  const match = /^AWS4-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  const time = one(headers['x-amz-date']) ?? '';
  return match ? given(match[1] ?? '', match[2] ?? '', match[3] ?? '', time, 0) : null;
}

function fromQuery(params: Map<string, string>): Given | null {
  const expires = Number(params.get('X-Amz-Expires'));
  if (params.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256' || !(expires >= 1 && expires <= LONGEST_SECONDS)) return null;
  const at = (name: string) => params.get(name) ?? '';
  return given(at('X-Amz-Credential'), at('X-Amz-SignedHeaders'), at('X-Amz-Signature'), at('X-Amz-Date'), expires);
}

function given(credential: string, signed: string, signature: string, time: string, expires: number): Given | null {
  const parts = credential.split('/');
  const [date, region, service, end] = parts.slice(-4);
  const accessKey = parts.slice(0, -4).join('/');
  if (!accessKey || !date || region === undefined || service !== 's3' || end !== 'aws4_request') return null;
  const signedHeaders = signed.split(';');
  return signedHeaders.includes('host') ? { accessKey, date, region, service, time, expires, signedHeaders, signature } : null;
}

function signingKey(secret: string, date: string, region: string, service: string): Buffer {
  return mac(mac(mac(mac(`AWS4${secret}`, date), region), service), 'aws4_request');
}

function timeOf(time: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  return match ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`) : null;
}

function split(target: string): [string, string] {
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

/** RFC 3986's unreserved signs stay, all else is escaped: what AWS calls UriEncode. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value);

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
