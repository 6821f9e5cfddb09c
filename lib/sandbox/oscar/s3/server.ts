import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { OscarWorld } from '../world';
import { bucketDetail, createBucket, deleteBucket, deleteObjects, headBucket, listBuckets, listObjects } from './buckets';
import type { S3Answer, S3Call } from './call';
import { S3Fault } from './errors';
import { listenForEvents } from './events';
import { abortUpload, beginUpload, completeUpload, listParts, listUploads, putPart } from './multipart';
import { deleteObject, getObject, objectTagging, putObject } from './objects';
import { checkSignature } from './signature';

const details = ['location', 'versioning', 'policy', 'tagging', 'notification', 'object-lock', 'encryption', 'lifecycle', 'replication'];
const cors = {
  'access-control-expose-headers': 'ETag, Content-Length, Content-Range, Content-Type, x-amz-request-id, x-amz-checksum-crc32',
  vary: 'Origin',
};

/** Answers one request to a cluster's MinIO. */
export async function answerS3(world: OscarWorld, request: IncomingMessage, response: ServerResponse): Promise<void> {
  world.schedule.run();
  if (!world.answers) return void request.socket.destroy();
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const target = request.url ?? '/';
  const [path = '/', search = ''] = target.split('?', 2);
  response.setHeader('server', 'MinIO');
  response.setHeader('x-amz-request-id', requestId);
  if (request.headers.origin) {
    response.setHeader('access-control-allow-origin', request.headers.origin);
    for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
  }
  if (request.method === 'OPTIONS') return preflight(request, response);
  if (path === '/minio/health/live' || path === '/minio/health/ready') return void response.writeHead(200).end();
  try {
    if (!world.minioIsBack()) throw new S3Fault('XMinioServerNotInitialized');
    const fault = world.faults.take('s3', request.method ?? 'GET', path);
    if (fault?.answer.status === 'reset' || fault?.answer.status === 'timeout') return void request.socket.destroy();
    if (fault) throw new S3Fault('SlowDown');
    const checked = checkSignature(
      { method: request.method ?? 'GET', target, headers: request.headers },
      (accessKey) => world.secretOf(accessKey),
      // those who sign go by the wall clock, whatever time the sandbox has
      new Date(),
    );
    if (!checked.ok) throw new S3Fault(checked.fault);
    const slash = path.indexOf('/', 1);
    const call: S3Call = {
      world,
      request,
      requestId,
      signed: checked,
      method: request.method ?? 'GET',
      bucket: decodePath(slash < 0 ? path.slice(1) : path.slice(1, slash)),
      key: slash < 0 ? '' : decodePath(path.slice(slash + 1)),
      query: new URLSearchParams(search),
    };
    if (call.query.has('events') && call.method === 'GET') return listenForEvents(call, response);
    await write(response, await route(call));
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    const known = error instanceof S3Fault ? error : null;
    response.setHeader('content-type', 'application/xml');
    response.statusCode = known?.status ?? 500;
    response.end(request.method === 'HEAD' ? undefined : (known?.document(path, requestId) ?? `<Error><Code>InternalError</Code></Error>`));
    request.resume();
  }
}

async function route(call: S3Call): Promise<S3Answer> {
  const { method, query } = call;
  if (call.bucket === '') {
    if (method === 'GET') return listBuckets(call);
    throw new S3Fault('MethodNotAllowed');
  }
  return call.key === '' ? routeBucket(call, method, query) : routeObject(call, method, query);
}

async function routeBucket(call: S3Call, method: string, query: URLSearchParams): Promise<S3Answer> {
  const detail = details.find((name) => query.has(name));
  if (detail) return bucketDetail(call, detail);
  if (method === 'GET') return query.has('uploads') ? listUploads(call) : listObjects(call);
  if (method === 'PUT') return createBucket(call);
  if (method === 'HEAD') return headBucket(call);
  if (method === 'DELETE') return deleteBucket(call);
  if (method === 'POST' && query.has('delete')) return deleteObjects(call);
  throw new S3Fault('MethodNotAllowed');
}

async function routeObject(call: S3Call, method: string, query: URLSearchParams): Promise<S3Answer> {
  if (query.has('tagging')) return objectTagging(call);
  const upload = query.has('uploadId');
  switch (method) {
    case 'HEAD':
      return getObject(call);
    case 'GET':
      return upload ? listParts(call) : getObject(call);
    case 'PUT':
      return upload ? putPart(call) : putObject(call);
    case 'DELETE':
      return upload ? abortUpload(call) : deleteObject(call);
    case 'POST':
      if (upload) return completeUpload(call);
      if (query.has('uploads')) return beginUpload(call);
      throw new S3Fault('NotImplemented');
    default:
      throw new S3Fault('MethodNotAllowed');
  }
}

async function write(response: ServerResponse, { status, headers = {}, body, stream }: S3Answer): Promise<void> {
  if (body !== undefined) response.setHeader('content-type', 'application/xml');
  response.writeHead(status, headers);
  if (stream) await pipeline(stream, response);
  else response.end(body);
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, PUT, POST, DELETE, HEAD',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  });
  response.end();
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Fault('InvalidArgument');
  }
}
