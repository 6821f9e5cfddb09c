import { quantity } from '../run/resources';
import type { ServiceBody } from './service-body';

const QUANTITIES = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const key = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const KEY =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const label = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** Why Kubernetes would not keep a service, in its own words, as was seen of 1.36; null: it keeps it. */
export function refusalOf(body: Pick<ServiceBody, 'name' | 'cpu' | 'memory' | 'environment' | 'labels' | 'annotations'>): string | null {
  const { name } = body;
  if (!subdomain.test(name)) return `ConfigMap "${name}" is invalid: metadata.name: Invalid value: "${name}": ${SUBDOMAIN}`;
  for (const amount of [body.cpu, body.memory]) if (quantity(amount) === null) return QUANTITIES;
  const wrong = (at: string, value: string, why: string) => `PodTemplate "${name}" is invalid: ${at}: Invalid value: "${value}": ${why}`;
  for (const [one, value] of Object.entries(body.labels)) {
    if (!key.test(one)) return wrong('metadata.labels', one, KEY);
    if (!label.test(value)) return wrong('metadata.labels', value, LABEL);
  }
  for (const one of Object.keys(body.annotations)) if (!key.test(one)) return wrong('metadata.annotations', one, KEY);
  for (const kind of ['memory', 'cpu'] as const)
    if ((quantity(body[kind]) ?? 0) < 0)
      return wrong(`template.spec.containers[0].resources.limits[${kind}]`, body[kind], 'must be greater than or equal to 0');
  const at = Object.keys(body.environment.variables).findIndex((one) => !/^[ -<>-~]+$/.test(one));
  if (at < 0) return null;
  const variable = Object.keys(body.environment.variables)[at] ?? '';
  return wrong(
    `template.spec.containers[0].env[${at}].name`,
    variable,
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  );
}

/** Why Kubernetes would not keep a service's secrets; null: it keeps them. */
export function refusalOfSecrets({ name, environment }: Pick<ServiceBody, 'name' | 'environment'>): string | null {
  const bad = Object.keys(environment.secrets).find((one) => !/^[-._a-zA-Z0-9]+$/.test(one));
  if (bad === undefined) return null;
  return `Secret "${name}" is invalid: data[${bad}]: Invalid value: "${bad}": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`;
}
