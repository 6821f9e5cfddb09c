import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { getMetrics } from '@/lib/api/metrics';
import { renderChart } from './testing/chart';

const folder = join(import.meta.dirname, '../../deploy');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('the compose file', () => {
  const command = z.array(z.string()).min(1);
  const texts = z.record(z.string(), z.string());
  const health = z.strictObject({
    test: command,
    interval: z.string(),
    timeout: z.string(),
    retries: z.number(),
    start_period: z.string().optional(),
  });
  // of the Compose Specification, what is used here: a key that is misspelt is none of these
  const service = z.strictObject({
    image: z.string(),
    build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
    restart: z.literal('unless-stopped'),
    user: z.string().regex(/^[1-9]\d*:[1-9]\d*$/),
    read_only: z.literal(true),
    cap_drop: z.tuple([z.literal('ALL')]),
    security_opt: z.tuple([z.literal('no-new-privileges:true')]),
    tmpfs: command,
    environment: texts,
    depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
    stop_grace_period: z.string(),
    command: command.optional(),
    ports: command.optional(),
    volumes: command.optional(),
    healthcheck: health.optional(),
  });
  const compose = z
    .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
    .parse(parse(read('compose.yaml'), { merge: true }));
  const { web, worker, database } = compose.services;

  it('has a web server that does no work of its own, workers, and a database that they wait for', () => {
    expect(Object.keys(compose.services)).toEqual(['web', 'worker', 'database']);
    expect(web?.environment.TRANSAT_WORKER).toBe('0');
    expect(worker?.command).toEqual(['node', 'scripts/run.mjs', 'worker']);
    for (const one of [web, worker]) {
      expect(Object.keys(one?.environment ?? {})).toEqual(
        expect.arrayContaining(['DATABASE_URL', 'TRANSAT_URL', 'TRANSAT_KEY', 'NEXTAUTH_SECRET', 'OTEL_EXPORTER_OTLP_ENDPOINT']),
      );
      expect(Object.keys(one?.depends_on ?? {})).toEqual(['database']);
    }
    expect(database?.healthcheck?.test).toContain('pg_isready');
    expect(web?.healthcheck?.test.join(' ')).toContain('/readyz');
  });

  it('keeps what lasts on volumes that it declares, and opens nothing but the web server on this machine', () => {
    const named = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(new Set(named.filter((name) => !name.startsWith('.')))).toEqual(new Set(Object.keys(compose.volumes)));
    expect(Object.values(compose.services).flatMap(({ ports = [] }) => ports)).toEqual(['127.0.0.1:3000:3000']);
  });
});

describe('the chart', () => {
  const container = z.object({
    name: z.string(),
    image: z.string(),
    securityContext: z.strictObject({
      allowPrivilegeEscalation: z.literal(false),
      readOnlyRootFilesystem: z.literal(true),
      capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
    }),
    resources: z.object({ limits: z.object({ memory: z.string() }), requests: z.object({ cpu: z.string(), memory: z.string() }) }),
    env: z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]),
    ports: z.array(z.object({ name: z.string() })).optional(),
    livenessProbe: z.object({}).loose().optional(),
    readinessProbe: z.object({}).loose().optional(),
    volumeMounts: z.array(z.object({ name: z.string() })),
  });
  const labels = z.object({ app: z.string() });
  const pods = z.object({
    metadata: z.object({ labels }),
    spec: z.object({
      automountServiceAccountToken: z.literal(false),
      securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
      containers: z.array(container).length(1),
      volumes: z.array(z.object({ name: z.string() })).default([]),
    }),
  });
  const workload = z.object({
    kind: z.enum(['Deployment', 'StatefulSet']),
    metadata: z.object({ name: z.string() }),
    spec: z.object({
      replicas: z.number().min(1),
      selector: z.object({ matchLabels: labels }),
      template: pods,
      volumeClaimTemplates: z.array(z.object({ metadata: z.object({ name: z.string() }) })).default([]),
    }),
  });
  const values: unknown = parse(read('chart/values.yaml'));
  const rendered = (more: object = {}) =>
    readdirSync(join(folder, 'chart/templates')).flatMap((name) =>
      parseAllDocuments(
        renderChart(read(`chart/templates/${name}`), { Values: { ...(values as object), ...more }, Release: { Name: 'one' } }),
      )
        .map((document) => {
          expect(document.errors).toEqual([]);
          return z.object({ kind: z.string() }).loose().nullable().parse(document.toJS());
        })
        .filter((each) => each !== null),
    );
  const all = rendered();
  const workloads = all.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').map((each) => workload.parse(each));

  it('runs a web server, workers and a database, none as root, each with a file system that can’t be written', () => {
    expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(['one-database', 'one-web', 'one-worker']);
  });

  it('selects its own pods, and mounts only what it has', () => {
    for (const { metadata, spec } of workloads) {
      expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
      const has = [...spec.template.spec.volumes.map(({ name }) => name), ...spec.volumeClaimTemplates.map((claim) => claim.metadata.name)];
      const mounts = spec.template.spec.containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name));
      expect(mounts.sort(), metadata.name).toEqual(has.sort());
    }
  });

  it('sends to a web server and a database only while they are ready, and keeps one of each that is many when nodes are drained', () => {
    const probed = workloads.filter(({ metadata }) => metadata.name !== 'one-worker').map(({ spec }) => spec.template.spec.containers[0]);
    for (const one of probed) expect([one?.livenessProbe, one?.readinessProbe]).not.toContain(undefined);
    const budgets = all.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(
      budgets.map(
        (each) =>
          z.object({ spec: z.object({ minAvailable: z.literal(1), selector: z.object({ matchLabels: labels }) }) }).parse(each).spec
            .selector.matchLabels.app,
      ),
    ).toEqual(['one-web', 'one-worker']);
  });

  it('makes no database where there is one', () => {
    expect(rendered({ database: { enabled: false } }).filter(({ kind }) => kind === 'StatefulSet')).toEqual([]);
  });

  it('sends traces from web servers and workers where an endpoint is named, and else says nothing of them', () => {
    const said = (values: object) =>
      rendered(values)
        .filter(({ kind }) => kind === 'Deployment')
        .map((each) => workload.parse(each).spec.template.spec.containers[0]?.env.filter(({ name }) => name.startsWith('OTEL_')));
    expect(said({})).toEqual([[], []]);
    const told = Object.entries({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    }).map(([name, value]) => ({ name, value }));
    expect(said({ traces: { endpoint: 'http://collector:4318', share: 0.1 } })).toEqual([told, told]);
  });

  it('uses nothing of the templates’ language that is not checked here', () => {
    const about = { Values: {}, Release: { Name: 'one' } };
    for (const text of ['{{ include "x" . }}', '{{ .Values.nothing }}', '{{- if .Values.a }}', '{{- end }}']) {
      expect(() => renderChart(text, about)).toThrow();
    }
  });
});

/** Names that /metrics says, whatever has been counted so far. */
const said = new Set(
  (await getMetrics().registry.metrics()).split('\n').flatMap((line) => /^# TYPE (\S+) (\S+)/.exec(line)?.slice(1, 2) ?? []),
);

describe('what an operator looks at', () => {
  const isSaid = (name: string) => said.has(name) || said.has(name.replace(/_(?:bucket|count|sum)$/, ''));
  const namesIn = (text: string) => [...new Set(text.match(/\b(?:transat|process|nodejs)_[a-z_]+\b/g))];
  const rules = z
    .object({
      groups: z.array(
        z.object({
          rules: z.array(
            z.strictObject({
              alert: z.string(),
              expr: z.string(),
              for: z.string().regex(/^\d+m$/),
              labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
              annotations: z.strictObject({ summary: z.string(), description: z.string().optional() }),
            }),
          ),
        }),
      ),
    })
    .parse(parse(read('alerts.yaml')))
    .groups.flatMap((group) => group.rules);
  const panels = z
    .object({ panels: z.array(z.object({ id: z.number(), title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })) })
    .parse(JSON.parse(read('dashboard.json'))).panels;

  test.each(rules.map(({ alert, expr }) => [alert, expr]))('the rule %s asks for what /metrics says', (_alert, expr) => {
    expect(namesIn(expr)).not.toEqual([]);
    expect(namesIn(expr).filter((name) => !isSaid(name))).toEqual([]);
  });

  test.each(panels.map(({ title, targets }) => [title, targets.map(({ expr }) => expr).join(' ')]))(
    'the panel “%s” shows what /metrics says',
    (_title, expr) => {
      expect(namesIn(expr)).not.toEqual([]);
      expect(namesIn(expr).filter((name) => !isSaid(name))).toEqual([]);
    },
  );

  it('shows everything that is Transat’s own', () => {
    const shown = namesIn(read('dashboard.json')).map((name) => name.replace(/_(?:bucket|count|sum)$/, ''));
    expect([...said].filter((name) => name.startsWith('transat_') && !shown.includes(name))).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});
