import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { dialects, type ServiceWish } from './types';
import { fromWire, toWire } from './wire';

const member = { type: 'oscar', clusterId: 'us', serviceName: 'fish', priority: 0, verify: true } as const;
const wish: ServiceWish = {
  name: 'fish',
  clusterId: 'eu',
  image: 'ghcr.io/x/fish:1',
  script: '#!/bin/sh\n',
  cpu: '0.5',
  memory: '1Gi',
  input: [{ provider: 'minio.default', path: 'fish/in', suffix: ['.png'], prefix: [] }],
  output: [{ provider: 'minio.default', path: 'fish/out', suffix: [], prefix: [] }],
  variables: { A: 'b' },
  secrets: { TOKEN: new Secret('canary-secret') },
  sharing: { members: [member], delegation: 'static', thresholdSeconds: 60 },
  clusters: { us: { endpoint: 'https://us.example', user: 'oscar', password: new Secret('canary-password'), verify: true } },
  stores: {
    eu: { endpoint: 'https://minio.eu.example', region: 'us-east-1', accessKey: 'ak', secretKey: new Secret('canary-key'), verify: true },
  },
};

test.each([
  ['3.5', 'replicas'],
  ['3.6', 'replicas'],
  ['4.0', 'replicas'],
  ['4.1', 'federation'],
] as const)('in %s, members are written as %s, and the delegation is always said', (dialect, key) => {
  const wire = toWire({ ...wish, sharing: { members: [member], delegation: null, thresholdSeconds: 60 } }, dialect);
  const policy = { delegation: 'static', rescheduler_threshold: 60 };
  const members = [{ type: 'oscar', cluster_id: 'us', service_name: 'fish', priority: 0, ssl_verify: true }];
  if (key === 'federation') {
    expect(wire.federation).toEqual({ ...policy, topology: 'star', members });
    expect(wire).not.toHaveProperty('replicas');
  } else {
    expect(wire).toMatchObject({ ...policy, replicas: members });
    expect(wire).not.toHaveProperty('federation');
  }
});

test('what goes out has its secrets, what comes in shows none of them', () => {
  const wire = toWire(wish, '3.6');
  expect(JSON.stringify(wire)).toMatch(/canary-secret.*canary-password.*canary-key/);
  const service = fromWire({ ...wire, token: 'canary-token' });
  for (const shown of [JSON.stringify(service), inspect(service, { depth: 9 }), String(service.definition)])
    expect(shown).not.toContain('canary');
  expect(service).toMatchObject({ secrets: ['TOKEN'], clusters: { us: { endpoint: 'https://us.example', user: 'oscar' } } });
  expect(service.token.reveal()).toBe('canary-token');
});

test('a service that is read and written again is the same, in every release', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const path = fc.record({
    provider: fc.constant('minio.default'),
    path: word,
    suffix: fc.array(word, { maxLength: 2 }),
    prefix: fc.array(word, { maxLength: 2 }),
  });
  const sharing = fc.record({
    members: fc.array(
      fc.record({ type: fc.constant('oscar' as const), clusterId: word, serviceName: word, priority: fc.nat(9), verify: fc.boolean() }),
      { maxLength: 3 },
    ),
    delegation: fc.constantFrom('static' as const, 'random' as const, 'load-based' as const),
    thresholdSeconds: fc.option(fc.integer({ min: 1, max: 999 })),
  });
  const random = fc.record({
    name: word,
    clusterId: word,
    image: word,
    script: fc.string(),
    cpu: word,
    memory: word,
    input: fc.array(path, { maxLength: 2 }),
    output: fc.array(path, { maxLength: 2 }),
    variables: fc.dictionary(word, fc.string()),
    sharing,
  });
  fc.assert(
    fc.property(random, fc.constantFrom(...dialects), (one, dialect) => {
      const read = fromWire(toWire(one, dialect));
      expect(read).toMatchObject({ ...one, sharing: one.sharing });
    }),
  );
});

test('a change keeps what it does not speak of, and leaves out what only OSCAR says', () => {
  const kept = {
    kserve: { type: 'inference' },
    mount: { path: 'x' },
    token: 't',
    owner: 'o',
    namespace: 'n',
    federation: { members: [member] },
    replicas: [],
  };
  const { sharing: _sharing, ...without } = wish;
  const wire = toWire(without, '4.1', kept);
  expect(wire).toMatchObject({ kserve: { type: 'inference' }, mount: { path: 'x' }, federation: { members: [member] }, owner: 'o' });
  for (const key of ['token', 'namespace']) expect(wire).not.toHaveProperty(key);
  const told = toWire({ ...without, sharing: { members: [], delegation: null, thresholdSeconds: null } }, '4.1', kept);
  expect(told).toMatchObject({ federation: { members: [] } });
  expect(told).not.toHaveProperty('replicas');
});

test.each([null, 1, 'x', [], {}, { name: 1 }, { name: 'x', input: {} }])('%j is no service', (body) => {
  expect(() => fromWire(body)).toThrow();
});
