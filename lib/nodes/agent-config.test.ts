import { describe, expect, it } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { buildAgentConfig, buildBundle } from './agent-config';
import { aContext, aNode, aStep } from './fixtures';
import { agentConfigSchema } from './protocol';

describe('the configuration of a node', () => {
  it('has the steps with their environment as text, and says which values are secret', () => {
    const node = aNode({
      steps: [aStep({ env: { PASSWORD: { secret: 'password' }, URL: { concat: ['http://', { address: 'public', node: 'web' }] } } })],
    });
    const config = buildAgentConfig(node, aContext());
    const { steps, bundle } = agentConfigSchema.parse(JSON.parse(JSON.stringify(config.reveal())));
    expect(bundle).toBe('inline');
    expect(steps?.[0]).toMatchObject({
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

  it('can not be shown by accident', () => {
    const node = aNode({ steps: [aStep({ env: { PASSWORD: { secret: 'password' } } })] });
    expect(JSON.stringify({ config: buildAgentConfig(node, aContext()) })).not.toContain('hunter22');
  });

  it('begins with the steps that are known, and leaves the rest for the bundle', () => {
    const late = aStep({ name: 'late', env: { TOKEN: { stepOutput: 'token', node: 'other' } } });
    const node = aNode({ steps: [aStep(), late, aStep({ name: 'last' })] });
    const config = buildAgentConfig(node, aContext()).reveal();
    expect(config.bundle).toBe('later');
    expect(config.steps?.map((step) => step.name)).toEqual(['web.configure']);
    expect(buildBundle(node, aContext())).toBe('not-yet');
    const bundle = buildBundle(node, aContext({ stepOutputs: { other: { token: 'abc' } } }));
    expect(bundle === 'not-yet' ? [] : bundle.reveal().steps.map((step) => step.name)).toEqual(['web.configure', 'late', 'last']);
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
    expect(buildAgentConfig(aNode(), aContext({ nodes, addresses })).reveal().peers).toEqual({
      web: '10.0.0.4',
      near: '10.0.0.5',
      far: '192.0.2.9',
    });
  });

  it('finds volumes by their ids, and refuses to guess', () => {
    const node = aNode({ mounts: [{ volume: 'volume-web', path: '/data' }] });
    expect(buildAgentConfig(node, aContext({ volumes: { 'volume-web': 'f00d' } })).reveal().mounts).toEqual([
      { serial: 'f00d', path: '/data' },
    ]);
    expect(() => buildAgentConfig(node, aContext())).toThrow('volume-web');
  });

  it('turns "the members of the group" into addresses for firewalls, and leaves out what goes outward', () => {
    const nodes = [aNode(), aNode({ key: 'near', hostname: 'near' })];
    const addresses = { web: { private: '10.0.0.4', public: null }, near: { private: '10.0.0.5', public: null } };
    const firewall = [
      { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0', why: 'SSH' },
      { direction: 'ingress', protocol: 'tcp', fromPort: 1, toPort: 65535, self: true, why: 'cluster' },
      { direction: 'egress', protocol: 'tcp', cidr: '0.0.0.0/0', why: 'out' },
    ] as const;
    const config = buildAgentConfig(aNode({ firewall: [...firewall] }), aContext({ nodes, addresses })).reveal();
    expect(config.firewall).toEqual([
      { protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0' },
      { protocol: 'tcp', fromPort: 1, toPort: 65535, cidr: '10.0.0.5/32' },
    ]);
  });

  it('gives the whole address to call back to', () => {
    const callback = { baseUrl: 'https://transat.example.org/', token: new Secret('tok') };
    expect(buildAgentConfig(aNode(), aContext({ callback })).reveal().callback).toMatchObject({
      url: 'https://transat.example.org/api/v1/agent/node_1',
      token: 'tok',
    });
  });
});
