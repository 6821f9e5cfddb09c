/** What OpenTelemetry's variables of the environment ask for. */
export interface TraceSettings {
  /** which share of the traces is kept */
  share: number;
  /** the protocol is one that is not spoken here */
  refused?: string;
}

/** Which of OpenTelemetry's samplers are known, and what share of the traces each keeps of those that begin here. */
const shares: Record<string, (argument: number) => number> = {
  always_on: () => 1,
  always_off: () => 0,
  traceidratio: (argument) => argument,
};

const spoken = 'http/protobuf';

/**
 * Reads what OpenTelemetry's specification says of the environment; what the exporter reads itself (addresses, headers, certificates) stays there.
 * @returns undefined where no traces are to be kept: no endpoint is named, or it is switched off
 */
export function readTraceSettings(env: Record<string, string | undefined>): TraceSettings | undefined {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || spoken;
  const sampler = (env.OTEL_TRACES_SAMPLER ?? '').replace(/^parentbased_/, '');
  const argument = Number(env.OTEL_TRACES_SAMPLER_ARG || 1);
  const share = shares[sampler]?.(argument >= 0 && argument <= 1 ? argument : 1) ?? 1;
  return { share, ...(protocol === spoken ? {} : { refused: protocol }) };
}
