import { describe, expect, test } from 'vitest';
import { readTraceSettings } from './settings';

const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('traces are kept', () => {
  test.each([
    ['where no endpoint is named', {}, undefined],
    ['where the endpoint is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, undefined],
    ['by the endpoint of all signals', at, { share: 1 }],
    ['by the endpoint of traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, { share: 1 }],
    ['where it is switched off', { ...at, OTEL_SDK_DISABLED: 'TRUE' }, undefined],
    ['where it is not switched off', { ...at, OTEL_SDK_DISABLED: 'false' }, { share: 1 }],
    ['where traces go nowhere', { ...at, OTEL_TRACES_EXPORTER: 'none' }, undefined],
    ['by the protocol that is spoken', { ...at, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }, { share: 1 }],
    ['by a protocol that is not spoken', { ...at, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, { share: 1, refused: 'grpc' }],
    [
      'by one that is not spoken for traces',
      { ...at, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
      { share: 1, refused: 'http/json' },
    ],
    ['none of them', { ...at, OTEL_TRACES_SAMPLER: 'always_off' }, { share: 0 }],
    ['all of them', { ...at, OTEL_TRACES_SAMPLER: 'parentbased_always_on', OTEL_TRACES_SAMPLER_ARG: '0.5' }, { share: 1 }],
    ['a quarter of them', { ...at, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' }, { share: 0.25 }],
    [
      'a tenth of those that begin here',
      { ...at, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '.1' },
      { share: 0.1 },
    ],
    ['none by their ratio', { ...at, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, { share: 0 }],
    ['all where no ratio is said', { ...at, OTEL_TRACES_SAMPLER: 'traceidratio' }, { share: 1 }],
    ['all where the ratio is none', { ...at, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: 'half' }, { share: 1 }],
    ['all where it is above one', { ...at, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' }, { share: 1 }],
    ['all where it is below nothing', { ...at, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '-1' }, { share: 1 }],
    ['all by a sampler that is not known', { ...at, OTEL_TRACES_SAMPLER: 'jaeger_remote' }, { share: 1 }],
  ])('%s', (_name, env: Record<string, string>, settings) => expect(readTraceSettings(env)).toEqual(settings));
});
