import { describe, expect, test } from 'vitest';
import { givesAddress, holdsUp, letsFirst, waitsFor } from './waiting';

type Waiting = Parameters<typeof waitsFor>[0];
const of = (key: string, kind: Waiting['kind'], more: Partial<Waiting> = {}): Waiting => ({
  key,
  kind,
  site: 'here',
  wanted: 'present',
  depends_on: [],
  spec: { kind } as Waiting['spec'],
  ...more,
});

const chosen = { kind: 'port', network: { key: 'network' }, securityGroups: [], fixedIp: '10.0.0.9' } as const satisfies Waiting['spec'];

describe('what is made only once another is there', () => {
  test.each<[string, Waiting, Waiting, boolean]>([
    ['what it depends on', of('subnet', 'subnet', { depends_on: ['network'] }), of('network', 'network'), true],
    [
      'what it depends on, at another site',
      of('rule', 'securityRule', { depends_on: ['ip'] }),
      of('ip', 'floatingIp', { site: 'there' }),
      true,
    ],
    ['a resource that it does not name', of('subnet', 'subnet', { depends_on: ['network'] }), of('volume', 'volume'), false],
    ['a floating IP of its site, for a server', of('server', 'server'), of('ip', 'floatingIp'), true],
    ['a port of its site, for a server', of('server', 'server'), of('port', 'port'), true],
    [
      'a port of its site whose address was chosen before, for a server',
      of('server', 'server'),
      of('port', 'port', { spec: chosen }),
      false,
    ],
    ['the same, where it is its own', of('server', 'server', { depends_on: ['port'] }), of('port', 'port', { spec: chosen }), true],
    ['a floating IP of another site, for a server', of('server', 'server'), of('ip', 'floatingIp', { site: 'there' }), false],
    ['a floating IP that goes, for a server', of('server', 'server'), of('ip', 'floatingIp', { wanted: 'absent' }), false],
    ['what gives no address, for a server', of('server', 'server'), of('volume', 'volume'), false],
    ['a floating IP, for what is given no addresses', of('volume', 'volume'), of('ip', 'floatingIp'), false],
  ])('%s', (_name, resource, other, waits) => expect(waitsFor(resource, other)).toBe(waits));
});

describe('what goes before another that needs it not', () => {
  const router = (phase: string, more: Partial<Waiting> = {}) => ({ ...of('router', 'router', more), phase });
  test.each<[string, Waiting, ReturnType<typeof router>, boolean]>([
    ['a router that is to be made, for a port', of('port', 'port'), router('planned'), true],
    ['one that is being made', of('port', 'port'), router('creating'), true],
    ['one that was made and is not there yet', of('port', 'port'), router('waiting'), true],
    ['one that is there', of('port', 'port'), router('ready'), false],
    ['one that could not be made', of('port', 'port'), router('failed'), false],
    ['one that goes', of('port', 'port'), router('planned', { wanted: 'absent' }), false],
    ['one of another site', of('port', 'port'), router('planned', { site: 'there' }), false],
    ['what is no router', of('port', 'port'), { ...of('volume', 'volume'), phase: 'planned' }, false],
    ['a router, for what is no port', of('volume', 'volume'), router('planned'), false],
  ])('%s', (_name, resource, other, lets) => expect(letsFirst(resource, other)).toBe(lets));
});

describe('what goes only once another is gone', () => {
  const network = of('network', 'network');
  const user = (more: Partial<Waiting & { phase: string }> = {}) => ({
    ...of('subnet', 'subnet', { depends_on: ['network'] }),
    phase: 'ready',
    ...more,
  });
  test.each<[string, ReturnType<typeof user>, boolean]>([
    ['waits for what uses it', user(), true],
    ['waits for what was only begun on it', user({ phase: 'creating' }), true],
    ['does not wait for what is gone', user({ phase: 'gone' }), false],
    ['does not wait for what another site has to know of it', user({ site: 'there' }), false],
    ['does not wait for what does not use it', user({ depends_on: ['router'] }), false],
  ])('%s', (_name, each, held) => expect(holdsUp(each, network)).toBe(held));

  const balancer = (phase: string) => ({ ...of('balancer', 'loadBalancer', { depends_on: ['subnet', 'server'] }), phase });
  test.each<[string, string, Waiting, boolean]>([
    ['a machine waits for a load balancer that was not asked to go', 'ready', of('server', 'server'), true],
    ['a machine waits no longer once it was', 'deleting', of('server', 'server'), false],
    ['a machine does not wait for one that can’t go', 'failed', of('server', 'server'), false],
    ['its subnet waits until it is gone', 'deleting', of('subnet', 'subnet'), true],
  ])('%s', (_name, phase, resource, held) => expect(holdsUp(balancer(phase), resource)).toBe(held));
});

test.each<[Waiting['kind'], boolean]>([
  ['port', true],
  ['floatingIp', true],
  ['network', false],
  ['server', false],
  ['lease', false],
])('whether an address comes with a %s: %s', (kind, gives) => expect(givesAddress({ kind })).toBe(gives));
