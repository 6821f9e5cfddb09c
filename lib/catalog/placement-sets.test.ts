import { describe, expect, it } from 'vitest';
import { Diagnostics } from '@/lib/tosca/cursor';
import { readTemplate } from '@/lib/tosca/read-template';
import { readYaml } from '@/lib/tosca/read-yaml';
import { placementSets } from './placement-sets';

function read(policies: string) {
  const yaml = readYaml(
    `tosca_definitions_version: tosca_simple_yaml_1_3
policy_types: {transat.policies.Placement: {derived_from: tosca.policies.Placement}}
topology_template:
  node_templates:
    a: {type: tosca.nodes.Compute}
    b: {type: tosca.nodes.Compute}
    c: {type: tosca.nodes.Compute}
    disk: {type: tosca.nodes.BlockStorage}
  policies:\n${policies}`,
    't.yaml',
  );
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  if (!result.ok) return { sets: [], faults: result.diagnostics.map(({ message }) => message), warnings: [] };
  const diagnostics = new Diagnostics();
  const sets = placementSets(result.template, diagnostics);
  return { sets, faults: diagnostics.list.map(({ message }) => message), warnings: diagnostics.warnings.map(({ message }) => message) };
}

const placement = (name: string, targets: string, properties = '') =>
  `    - ${name}: {type: transat.policies.Placement, targets: [${targets}], properties: {${properties}}}\n`;

describe('placement policies', () => {
  it('name parts that may go to different sites; what none names is with the first', () => {
    expect(read(placement('eu', 'a', 'label: Europe') + placement('us', 'b', 'apart: true'))).toEqual({
      sets: [
        { name: 'eu', label: 'Europe', groups: ['a', 'c'], apart: false },
        { name: 'us', label: 'us', groups: ['b'], apart: true },
      ],
      faults: [],
      warnings: [],
    });
  });

  it.each(['tosca.policies.Placement', 'tosca.policies.indigo.Placement', 'transat.policies.Placement'])('are of the type %s', (type) => {
    expect(
      read(`    - eu: {type: ${type}, targets: [a]}\n    - us: {type: ${type}, targets: [b, c]}\n`).sets.map(({ groups }) => groups),
    ).toEqual([['a'], ['b', 'c']]);
  });

  it('that name a site say nothing of togetherness, and are noted', () => {
    const { sets, warnings } = read('    - eu: {type: tosca.policies.indigo.Placement, targets: [a], properties: {cloud_id: "x"}}\n');
    expect(sets).toEqual([{ name: 'all', label: '', groups: ['a', 'b', 'c'], apart: false }]);
    expect(warnings).toEqual([expect.stringMatching(/policies.eu: the site "x" is not taken from here/)]);
  });

  it.each([
    ['a group that is not there', placement('eu', 'gone'), 'policies.eu: there is no node template gone.'],
    ['what is no group', placement('eu', 'disk'), 'policies.eu: disk is no group of nodes.'],
    ['a group in two parts', placement('eu', 'a') + placement('us', 'a, b'), 'policies.us: a is already placed by eu.'],
    ['a group twice', placement('eu', 'a, a'), 'policies.eu: a is already placed by eu.'],
    ['no group', placement('eu', ''), 'policies.eu: it names no group; write them as `targets`.'],
    ['a name twice', placement('eu', 'a') + placement('eu', 'b'), 'policies.eu: another policy has this name.'],
  ])('are refused with %s', (_what, policies, message) => {
    expect(read(policies).faults).toEqual([message]);
  });
});
