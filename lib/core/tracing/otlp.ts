import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, DiagLogLevel, diag, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { AppError } from '../errors';
import type { SpanAbout, SpanWords, Tracer } from './span';

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER };
const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Spans of this process, sent by OTLP to where OpenTelemetry's variables of the environment say. It is not made OpenTelemetry's global one: spans that
 * Next and libraries would then make have addresses with their queries in them.
 * @param about.share of the traces that begin here, from 0 to 1
 * @param about.process which of Transat's processes this is
 * @param about.onFault told when spans could not be sent
 */
export function sendSpans(about: { share: number; process: string; onFault(message: string): void }): Tracer {
  diag.setLogger(
    { error: about.onFault, warn: about.onFault, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const own = resourceFromAttributes({ 'service.name': 'transat', 'service.namespace': 'transat', 'transat.process': about.process });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(about.share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const tracer = provider.getTracer('transat');
  const around = new AsyncLocalStorage<Context>();
  return {
    run({ name, kind, words, from }, work) {
      const parent = contextOf(from) ?? around.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { kind: kind ? kinds[kind] : SpanKind.INTERNAL, attributes: words }, parent);
      const say = (more: SpanWords) => void span.setAttributes(more);
      return around.run(trace.setSpan(parent, span), () => ended(span, () => work(say)));
    },
    context() {
      const span = trace.getSpanContext(around.getStore() ?? ROOT_CONTEXT);
      return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
    },
    end: () => provider.shutdown(),
  };
}

async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // the code alone: messages quote what clouds and people say
    span.setAttribute('error.type', error instanceof AppError ? error.code : 'fault');
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function contextOf(from: SpanAbout['from']): Context | undefined {
  const [, traceId, spanId, flags] = traceparent.exec(from ?? '') ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true });
}
