import { spawnSync } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '../errors';
import { endTracing, startTracing } from './index';
import { inSpan, traceContext } from './span';
import { type Receiver, startReceiver } from './testing/receiver';

let receiver: Receiver | undefined;
async function traced(settings: Record<string, string> = {}, answer = 200): Promise<Receiver> {
  receiver = await startReceiver(answer);
  // the exporter reads its own variables
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20one', ...settings };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  await startTracing('worker', process.env);
  return receiver;
}
afterEach(async () => {
  await endTracing();
  vi.unstubAllEnvs();
  await receiver?.close();
  receiver = undefined;
});

test('spans are sent by OTLP over HTTP, each within the one around it, with who made them', async () => {
  const { spans, requests } = await traced({ OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test' });
  const made = await inSpan({ name: 'GET /one', kind: 'server', words: { 'http.route': '/one' } }, async (say) => {
    await inSpan({ name: 'GET compute', kind: 'client' }, async () => {});
    await inSpan({ name: 'pass' }, async () => {});
    say({ 'http.response.status_code': 200, nothing: undefined });
    return 'made';
  });
  expect(made).toBe('made');
  await endTracing();
  const [call, pass, server] = spans;
  expect(server).toMatchObject({ name: 'GET /one', kind: 2, parent: '', failed: false });
  expect(server?.words).toEqual({ 'http.route': '/one', 'http.response.status_code': 200 });
  expect(call).toMatchObject({ name: 'GET compute', kind: 3, parent: server?.id, trace: server?.trace });
  expect(pass).toMatchObject({ name: 'pass', kind: 1, parent: server?.id, trace: server?.trace });
  expect(server?.of).toMatchObject({ 'service.name': 'transat', 'transat.process': 'worker', 'deployment.environment.name': 'test' });
  expect(requests[0]).toMatchObject({
    path: '/v1/traces',
    headers: { 'content-type': 'application/x-protobuf', authorization: 'Bearer one' },
  });
});

test('work that another process goes on with is of the same trace, whatever goes on around it', async () => {
  const { spans } = await traced();
  const handedOn = await inSpan({ name: 'POST /one', kind: 'server' }, async () => traceContext());
  expect(handedOn).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  await inSpan({ name: 'another' }, () => inSpan({ name: 'process one', kind: 'consumer', from: handedOn }, async () => {}));
  await inSpan({ name: 'another' }, () => inSpan({ name: 'of what is no context', from: '00-1-2-01' }, async () => {}));
  await endTracing();
  const named = (name: string) => spans.find((span) => span.name === name);
  expect(named('process one')).toMatchObject({ kind: 5, trace: named('POST /one')?.trace, parent: named('POST /one')?.id });
  expect(named('of what is no context')?.parent).toBe(spans.findLast(({ name }) => name === 'another')?.id);
});

test('work that fails is told by its code, without a word of what the fault says', async () => {
  const { spans, bodies } = await traced();
  const refused = new AppError({ code: 'quota-exceeded', title: 'No room for Ada', detail: 'secret words' });
  await expect(inSpan({ name: 'one' }, () => Promise.reject(refused))).rejects.toBe(refused);
  await expect(inSpan({ name: 'two' }, () => Promise.reject(new TypeError('secret words')))).rejects.toThrow('secret words');
  await endTracing();
  expect(spans.map(({ failed, words }) => [failed, words])).toEqual([
    [true, { 'error.type': 'quota-exceeded' }],
    [true, { 'error.type': 'fault' }],
  ]);
  expect(Buffer.concat(bodies).toString('latin1')).not.toMatch(/secret words|Ada/);
});

test('a trace that is not kept is not kept by whoever goes on with it, either', async () => {
  const { spans } = await traced({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' });
  const handedOn = await inSpan({ name: 'one' }, async () => traceContext());
  expect(handedOn).toMatch(/-00$/);
  await inSpan({ name: 'two', from: handedOn }, async () => {});
  await endTracing();
  expect(spans).toEqual([]);
});

test('a receiver that refuses, and one that is not there, hold nothing up', async () => {
  await traced({}, 400);
  expect(await inSpan({ name: 'one' }, async () => 1)).toBe(1);
  await endTracing();
  await traced({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_TIMEOUT: '200' });
  expect(await inSpan({ name: 'one' }, async () => 1)).toBe(1);
  await endTracing();
});

test.each([
  ['no endpoint is named', {}],
  ['another protocol is named', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
])('where %s, nothing of OpenTelemetry is loaded, and work is done without a trace', (_name, env) => {
  const script = `import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { startTracing, endTracing } = await import('@/lib/core/tracing');
    const { inSpan, traceContext } = await import('@/lib/core/tracing/span');
    await startTracing('web', process.env);
    const done = await inSpan({ name: 'one' }, async () => [1, traceContext()]);
    await endTracing();
    console.log(JSON.stringify([done, loaded.some((url) => url.endsWith('/span.ts')), loaded.filter((url) => url.includes('@opentelemetry'))]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...env },
    encoding: 'utf8',
  });
  expect(stdout.trim(), stderr).toBe('[[1,null],true,[]]');
});
