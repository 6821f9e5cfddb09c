import { log } from '../log';
import { readTraceSettings } from './settings';
import { setTracer } from './span';

const QUIET_MS = 60_000;

/**
 * Has this process keep traces, where the environment names an endpoint (`OTEL_EXPORTER_OTLP_ENDPOINT`). Where it doesn't, nothing of OpenTelemetry is loaded.
 * @param process which of Transat's processes this is
 */
export async function startTracing(process: 'web' | 'worker', env: Record<string, string | undefined>): Promise<void> {
  const settings = readTraceSettings(env);
  if (!settings) return;
  if (settings.refused) {
    log.warn({ protocol: settings.refused }, 'no traces are sent: they are sent by OTLP over HTTP (http/protobuf) only');
    return;
  }
  const { sendSpans } = await import('./otlp');
  let quietUntil = 0;
  const onFault = (message: string) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MS;
    log.warn({ message: message.slice(0, 500) }, 'traces could not be sent');
  };
  setTracer(sendSpans({ share: settings.share, process, onFault }));
}

/** Sends what is left of the spans, as far as it can be sent, and keeps no more. */
export async function endTracing(): Promise<void> {
  await setTracer(undefined)
    ?.end()
    .catch(() => {});
}
