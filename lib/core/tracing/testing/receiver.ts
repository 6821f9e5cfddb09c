import { createServer } from 'node:http';

/** A span as a receiver of OTLP reads it. */
export interface ReceivedSpan {
  trace: string;
  id: string;
  parent: string;
  name: string;
  /** as OTLP numbers them: 1 internal, 2 server, 3 client, 5 consumer */
  kind: number;
  words: Record<string, string | number>;
  failed: boolean;
  /** what the resource says of who made it */
  of: Record<string, string | number>;
}

export interface Receiver {
  url: string;
  spans: ReceivedSpan[];
  /** each body as it came */
  bodies: Buffer[];
  /** path, type and headers of each request */
  requests: { path: string; headers: NodeJS.Dict<string | string[]> }[];
  close(): Promise<void>;
}

/** A receiver of OTLP over HTTP on the loopback address. @param answer the status that it gives */
export async function startReceiver(answer = 200): Promise<Receiver> {
  const received: Omit<Receiver, 'url' | 'close'> = { spans: [], bodies: [], requests: [] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      received.requests.push({ path: request.url ?? '', headers: request.headers });
      received.bodies.push(body);
      received.spans.push(...readSpans(body));
      response.writeHead(answer, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    ...received,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// An ExportTraceServiceRequest of opentelemetry-proto (trace/v1/trace.proto), by the numbers of its fields.
function readSpans(body: Buffer): ReceivedSpan[] {
  return messages(body, 1).flatMap((ofResource) => {
    const of = wordsOf(messages(ofResource, 1).flatMap((resource) => messages(resource, 1)));
    return messages(ofResource, 2)
      .flatMap((ofScope) => messages(ofScope, 2))
      .map((span) => ({
        trace: hexOf(span, 1),
        id: hexOf(span, 2),
        parent: hexOf(span, 4),
        name: messages(span, 5)[0]?.toString() ?? '',
        kind: numberOf(span, 6),
        words: wordsOf(messages(span, 9)),
        failed: messages(span, 15).some((status) => numberOf(status, 3) === 2),
        of,
      }));
  });
}

function wordsOf(pairs: Buffer[]): Record<string, string | number> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [value = Buffer.alloc(0)] = messages(pair, 2);
      return [messages(pair, 1)[0]?.toString() ?? '', messages(value, 1)[0]?.toString() ?? numberOf(value, 3)];
    }),
  );
}

const hexOf = (message: Buffer, field: number) => messages(message, field)[0]?.toString('hex') ?? '';

function messages(message: Buffer, field: number): Buffer[] {
  return fieldsOf(message).flatMap(([number, value]) => (number === field && typeof value !== 'number' ? [value] : []));
}

function numberOf(message: Buffer, field: number): number {
  return fieldsOf(message).flatMap(([number, value]) => (number === field && typeof value === 'number' ? [value] : []))[0] ?? 0;
}

// Protocol Buffers' wire format.
function fieldsOf(message: Buffer): [number, Buffer | number][] {
  const fields: [number, Buffer | number][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const taken = (length: number) => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag & 7;
    const value = wire === 0 ? varint() : taken(wire === 2 ? varint() : wire === 1 ? 8 : 4);
    fields.push([tag >>> 3, value]);
  }
  return fields;
}
