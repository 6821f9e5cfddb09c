import { describe, expect, it } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { buildAgentConfig, buildBundle, knownSteps } from './agent-config';
import { aContext, aNode, aStep } from './fixtures';
import { agentConfigSchema, bundleSchema } from './protocol';

const admission = new Secret('once');

describe('the steps of a node', () => {
  it('have their environment as text, and say which values are secret', () => {
    const node = aNode({
      steps: [aStep({ env: { PASSWORD: { secret: 'password' }, URL: { concat: ['http://', { address: 'public', node: 'web' }] } } })],
    });
    const { steps, complete } = bundleSchema.parse(JSON.parse(JSON.stringify(buildBundle(node, aContext()).reveal())));
    expect(complete).toBe(true);
    expect(steps[0]).toMatchObject({
      env: {
        PASSWORD: 'hunter22',
        URL: 'http://192.0.2.7',
        NODE_INDEX: '1',
        NODE_NAME: 'web',
        NODE_GROUP: 'web',
        PRIVATE_ADDRESS: '10.0.0.4',
        PUBLIC_ADDRESS: '192.0.2.7',
        SITE: 'europe',
        LOGIN_USER: 'debian',
      },
      secretEnv: ['PASSWORD'],
    });
  });

  it('begin with those that are known, and how many these are is found without their secrets', () => {
    const late = aStep({ name: 'late', env: { TOKEN: { stepOutput: 'token', node: 'other' }, KEY: { secret: 'password' } } });
    const node = aNode({ steps: [aStep(), late, aStep({ name: 'last' })] });
    const { addresses } = aContext();
    const some = buildBundle(node, aContext()).reveal();
    expect({ complete: some.complete, names: some.steps.map(({ name }) => name) }).toEqual({ complete: false, names: ['web.configure'] });
    expect(knownSteps(node, { addresses, told: {} })).toBe(1);
    const all = buildBundle(node, aContext({ stepOutputs: { other: { token: 'abc' } } })).reveal();
    expect({ complete: all.complete, names: all.steps.map(({ name }) => name) }).toEqual({
      complete: true,
      names: ['web.configure', 'late', 'last'],
    });
    expect(knownSteps(node, { addresses, told: { other: new Set(['token']) } })).toBe(3);
    expect(knownSteps(node, { addresses: {}, told: { other: new Set(['token']) } })).toBe(0);
  });
});

describe('the configuration of a node', () => {
  it('has no step and no secret: user data is read by whoever reaches the metadata service', () => {
    const node = aNode({ steps: [aStep({ script: 'echo never-here', env: { PASSWORD: { secret: 'password' } } })] });
    const config = JSON.stringify(buildAgentConfig(node, aContext(), admission).reveal());
    expect(agentConfigSchema.parse(JSON.parse(config))).toMatchObject({ admission: 'once', hostname: 'web' });
    expect(config).not.toMatch(/hunter22|never-here/);
  });

  it('can not be shown by accident', () => {
    const node = aNode({ steps: [aStep({ env: { PASSWORD: { secret: 'password' } } })] });
    const shown = JSON.stringify({ config: buildAgentConfig(node, aContext(), admission), bundle: buildBundle(node, aContext()) });
    expect(shown).toBe('{"config":"***","bundle":"***"}');
  });

  it('names all nodes by the address under which this one reaches them', () => {
    const nodes = [
      aNode(),
      aNode({ key: 'near', hostname: 'near' }),
      aNode({ key: 'far', hostname: 'far', site: 'america' }),
      aNode({ key: 'hidden', hostname: 'hidden', site: 'america' }),
    ];
    const addresses = {
      web: { private: '10.0.0.4', public: null },
      near: { private: '10.0.0.5', public: null },
      far: { private: '10.0.0.4', public: '192.0.2.9' },
      hidden: { private: '10.0.0.5', public: null },
    };
    expect(buildAgentConfig(aNode(), aContext({ nodes, addresses }), admission).reveal().peers).toEqual({
      web: '10.0.0.4',
      near: '10.0.0.5',
      far: '192.0.2.9',
    });
  });

  it('names nobody by what is no address or no name', () => {
    const nodes = [aNode(), aNode({ key: 'evil', hostname: 'evil\n10.0.0.9 bank' }), aNode({ key: 'odd', hostname: 'odd' })];
    const addresses = {
      web: { private: '10.0.0.4', public: null },
      evil: { private: '10.0.0.5', public: null },
      odd: { private: '10.0.0.6 bank', public: null },
    };
    expect(buildAgentConfig(aNode(), aContext({ nodes, addresses }), admission).reveal().peers).toEqual({ web: '10.0.0.4' });
  });

  it('finds volumes by their ids, and refuses to guess', () => {
    const node = aNode({ mounts: [{ volume: 'volume-web', path: '/data' }] });
    expect(buildAgentConfig(node, aContext({ volumes: { 'volume-web': 'f00d' } }), admission).reveal().mounts).toEqual([
      { serial: 'f00d', path: '/data' },
    ]);
    expect(() => buildAgentConfig(node, aContext(), admission)).toThrow('volume-web');
  });

  it('turns "the members of the group" into addresses for firewalls, and leaves out what goes outward', () => {
    const nodes = [aNode(), aNode({ key: 'near', hostname: 'near' })];
    const addresses = { web: { private: '10.0.0.4', public: null }, near: { private: '10.0.0.5', public: null } };
    const firewall = [
      { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0', why: 'SSH' },
      { direction: 'ingress', protocol: 'tcp', fromPort: 1, toPort: 65535, self: true, why: 'cluster' },
      { direction: 'egress', protocol: 'tcp', cidr: '0.0.0.0/0', why: 'out' },
    ] as const;
    const config = buildAgentConfig(aNode({ firewall: [...firewall] }), aContext({ nodes, addresses }), admission).reveal();
    expect(config.firewall).toEqual([
      { protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0' },
      { protocol: 'tcp', fromPort: 1, toPort: 65535, cidr: '10.0.0.5/32' },
    ]);
  });

  it('gives the whole address to call back to', () => {
    const callback = { baseUrl: 'https://transat.example.org/' };
    expect(buildAgentConfig(aNode(), aContext({ callback }), admission).reveal().callback).toMatchObject({
      url: 'https://transat.example.org/api/v1/agent/node_1',
    });
  });
});
