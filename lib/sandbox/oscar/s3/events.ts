import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ObjectEvent } from '../world';
import { bucketOf, type S3Call } from './call';

const BREATH_MS = 500;

/** The event that MinIO's webhook and its listeners get. */
export function eventBody(event: ObjectEvent, now: number, minioUrl: string): Record<string, unknown> {
  const { object } = event;
  const sequencer = createHash('sha256').update(`${event.bucket}/${event.key}/${now}`).digest('hex').slice(0, 16).toUpperCase();
  const record = {
    eventVersion: '2.0',
    eventSource: 'minio:s3',
    awsRegion: '',
    eventTime: new Date(now).toISOString(),
    eventName: `s3:${event.kind}`,
    userIdentity: { principalId: event.user },
    requestParameters: { principalId: event.user, region: '', sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': sequencer, 'x-minio-origin-endpoint': minioUrl },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'Config',
      bucket: { name: event.bucket, ownerIdentity: { principalId: event.user }, arn: `arn:aws:s3:::${event.bucket}` },
      object: {
        key: quote(event.key),
        ...(object
          ? {
              size: object.size,
              eTag: object.etag,
              contentType: object.contentType,
              userMetadata: { 'content-type': object.contentType, ...object.metadata },
            }
          : {}),
        sequencer,
      },
    },
    source: { host: '127.0.0.1', port: '', userAgent: 'MinIO' },
  };
  return { EventName: `s3:${event.kind}`, Key: `${event.bucket}/${event.key}`, Records: [record] };
}

/** Whether an event is one that somebody asked for: `s3:ObjectCreated:*` and the like. */
export function isWanted(event: ObjectEvent, wish: { events: string[]; prefix: string; suffix: string }): boolean {
  const name = `s3:${event.kind}`;
  const named = wish.events.some((one) => one === name || (one.endsWith('*') && name.startsWith(one.slice(0, -1))));
  return named && event.key.startsWith(wish.prefix) && event.key.endsWith(wish.suffix);
}

/** Tells of events as they come, a line each, until the reader goes: what MinIO calls listening. */
export function listenForEvents(call: S3Call, response: ServerResponse): void {
  const { world, query } = call;
  const bucket = bucketOf(call).name;
  const wish = { events: query.getAll('events'), prefix: query.get('prefix') ?? '', suffix: query.get('suffix') ?? '' };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(' ');
  const listener = (event: ObjectEvent) => {
    if (event.bucket !== bucket || !isWanted(event, wish)) return;
    response.write(`${JSON.stringify(eventBody(event, world.now(), world.minioUrl))}\n`);
  };
  // a blank now and then shows a reader that is still there
  const breath = setInterval(() => response.write(' '), BREATH_MS);
  world.listeners.add(listener);
  response.on('close', () => {
    clearInterval(breath);
    world.listeners.delete(listener);
  });
}

/** As Go's url.QueryEscape writes a key, which OSCAR's supervisor undoes with unquote_plus. */
export function quote(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
