import { expect, test } from 'vitest';
import { BrokenBody, unchunk } from './chunked';
import { checkSignature, presign } from './signature';

// The examples of AWS's own documentation (sig-v4-header-based-auth, sigv4-query-string-auth, sigv4-streaming).
const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
const secretOf = (key: string) => (key === keys.accessKey ? keys.secret : undefined);
const at = new Date('2013-05-24T00:00:00Z');
const credential = `Credential=${keys.accessKey}/20130524/us-east-1/s3/aws4_request`;
const get = {
  method: 'GET',
  target: '/test.txt',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
    authorization: `AWS4-HMAC-SHA256 ${credential},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
  },
};

test('a signed request of the documentation is believed', () => {
  expect(checkSignature(get, secretOf, at)).toMatchObject({ ok: true, accessKey: keys.accessKey });
});

test('an address signed here is the one of the documentation, and is believed until it ends', () => {
  const url = presign({ method: 'GET', url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'), expiresSeconds: 86_400, at }, keys);
  expect(url).toContain('X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  const { pathname, search } = new URL(url);
  const request = { method: 'GET', target: pathname + search, headers: { host: 'examplebucket.s3.amazonaws.com' } };
  expect(checkSignature(request, secretOf, at)).toMatchObject({ ok: true });
  expect(checkSignature(request, secretOf, new Date('2013-05-25T00:00:01Z'))).toEqual({ ok: false, fault: 'ExpiredToken' });
});

const changed = (headers: Record<string, string | undefined>, more = {}) => ({ ...get, ...more, headers: { ...get.headers, ...headers } });
test.each([
  ['another path', changed({}, { target: '/other.txt' }), at, 'SignatureDoesNotMatch'],
  ['another method', changed({}, { method: 'DELETE' }), at, 'SignatureDoesNotMatch'],
  ['another query', changed({}, { target: '/test.txt?acl=' }), at, 'SignatureDoesNotMatch'],
  ['another range, which is signed', changed({ range: 'bytes=0-99' }), at, 'SignatureDoesNotMatch'],
  ['a key that nobody has', changed({ authorization: get.headers.authorization.replace('AKIA', 'AKIB') }), at, 'InvalidAccessKeyId'],
  ['a clock that is half an hour off', get, new Date('2013-05-24T00:30:00Z'), 'RequestTimeTooSkewed'],
  ['no signature', changed({ authorization: undefined }), at, 'AccessDenied'],
  ['a password instead', changed({ authorization: 'Basic b3NjYXI6cHc=' }), at, 'AuthorizationHeaderMalformed'],
  [
    'a signature that leaves the host out',
    changed({ authorization: get.headers.authorization.replace('host;', '') }),
    at,
    'AuthorizationHeaderMalformed',
  ],
])('%s is refused', (_what, request, now, fault) => {
  expect(checkSignature(request, secretOf, now)).toEqual({ ok: false, fault });
});

const put = {
  method: 'PUT',
  target: '/examplebucket/chunkObject.txt',
  headers: {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    'content-length': '66824',
    authorization: `AWS4-HMAC-SHA256 ${credential},SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9`,
  },
};
const chunks: [size: number, signature: string][] = [
  [65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
  [1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
  [0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
];
const body = (letter = 'a') =>
  Buffer.from(
    chunks.map(([size, signature]) => `${size.toString(16)};chunk-signature=${signature}\r\n${letter.repeat(size)}\r\n`).join(''),
  );

async function* inPieces(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function opened(bytes: Buffer, size: number): Promise<Buffer> {
  const checked = checkSignature(put, secretOf, at);
  if (!checked.ok) throw new Error(checked.fault);
  const parts: Buffer[] = [];
  for await (const part of unchunk(inPieces(bytes, size), checked.seed, new Map())) parts.push(part);
  return Buffer.concat(parts);
}

test.each([1000, 7, 70_000])('a streamed body whose chunks are signed is opened, in whatever pieces it comes (%i bytes)', async (size) => {
  expect((await opened(body(), size)).equals(Buffer.alloc(66_560, 'a'))).toBe(true);
});

test('a chunk that was changed on the way is noticed', async () => {
  await expect(opened(body('b'), 1000)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test.each(['', 'zz\r\n', '10;chunk-signature=x\r\nabc', `${'f'.repeat(9000)}`, '7fffffff\r\n'])(
  'a body that is cut or no such body is refused: %s',
  async (text) => {
    const read = async () => {
      for await (const _part of unchunk(inPieces(Buffer.from(text), 100), null, new Map()));
    };
    await expect(read()).rejects.toBeInstanceOf(BrokenBody);
  },
);
