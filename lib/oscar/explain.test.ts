import { expect, test } from 'vitest';
import { explain } from './explain';

const asked = { cluster: 'OSCAR Europe', doing: 'create the service fish' };
const answer = (status: number, body = '') => ({ status, body, headers: {}, requestId: 'req-1' });

// what OSCAR says, as its releases say it, and what a person reads
test.each([
  [401, '', 'credential-invalid'],
  [403, '', 'forbidden'],
  [404, '', 'not-found'],
  [409, '', 'conflict'],
  [413, '', 'body-too-large'],
  [500, '', 'upstream-failed'],
  [502, 'Bad Gateway', 'upstream-failed'],
  [418, 'no', 'upstream-refused'],
  [400, 'A service with the provided name already exists', 'conflict'],
  [500, 'the bucket "fish" already exists', 'conflict'],
  [500, 'missing foler on path', 'invalid-input'],
  [
    400,
    'The service specification is not valid: json: cannot unmarshal number into Go struct field Service.cpu of type string',
    'invalid-input',
  ],
  [400, 'refresh_token secret is required for federated services', 'invalid-input'],
  [403, 'MinIO user not provisioned: call the system API once before you submit jobs', 'forbidden'],
  [403, 'bucket quota exceeded', 'quota-exceeded'],
  [400, 'The cluster is not in the VO vo.other.eu', 'invalid-input'],
  [400, 'The image x is not in the list of allowed image repositories', 'invalid-input'],
  // as 4.1.2 itself was seen to say it
  [400, 'unrecognized input (valid inputs are MinIO and dCache)', 'invalid-input'],
  [500, 'the provided MinIO server "http://127.0.0.1:9" is not the configured in OSCAR', 'invalid-input'],
  [500, 'the StorageProvider "minio.other" is not defined', 'invalid-input'],
  [400, 'input path cannot be empty', 'invalid-input'],
  [500, 'Error creating the service: PodTemplate "fish" is invalid: metadata.labels: Invalid value: "not valid!"', 'invalid-input'],
  [
    500,
    'Error creating the service: PodTemplate "no" is invalid: template.spec.containers[0].resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0',
    'invalid-input',
  ],
  [400, "this user isn't enrrolled on the vo: vo.other.eu", 'invalid-input'],
  [401, 'federation auth failed: [auth check failed for cluster "http://us.example"]', 'forbidden'],
  [400, "Error getting oidc manager for issuer 'https://issuer.example'", 'credential-invalid'],
  [
    500,
    "Error creating the service: image x:1 is not allowed for pull on the cluster. Check the additional configuration file on 'config.yaml'",
    'invalid-input',
  ],
])('%i %j is %s', (status, body, code) => {
  const error = explain(answer(status, body), asked);
  expect(error).toMatchObject({ code, detail: 'OSCAR Europe did not create the service fish.', remedy: expect.any(String) });
  expect(error.upstream).toMatchObject({ service: 'oscar', status, message: body === '' ? `status ${status}, without a word` : body });
});

test('a page of a proxy is cut and tidied', () => {
  const error = explain(answer(500, `\u001b[31m<html>${'x'.repeat(9000)}\0`), asked);
  expect(error.upstream?.message).toHaveLength(300);
  expect(error.upstream?.message).toMatch(/^<html>x/);
});

test.each([
  ['ConfigMap "Fish" is invalid: metadata.name: Invalid value: "Fish": a lowercase RFC 1123 subdomain', 'The cluster refuses this name'],
  ['PodTemplate "no" is invalid: metadata.labels: Invalid value: "not valid!"', 'A label or annotation is not one that Kubernetes takes'],
  [
    'HorizontalPodAutoscaler.autoscaling "no-hpa" is invalid: spec.minReplicas: Invalid value: 0',
    'Kubernetes refuses a value of the definition',
  ],
  [
    'error registering the service\'s webhook: Put "http://127.0.0.1:9000/minio/admin/v3/set-config-kv": dial tcp 127.0.0.1:9000: connect: connection refused',
    'The cluster’s storage was starting again',
  ],
  [
    '{"error":"Error getting metrics info: the server could not find the requested resource (get nodes.metrics.k8s.io)"}',
    'Nobody measures the cluster’s machines',
  ],
])('of what OSCAR passes on, it is told what that is: %s', (words, title) => {
  expect(explain(answer(500, `Error creating the service: ${words}`), asked)).toMatchObject({ title });
});
