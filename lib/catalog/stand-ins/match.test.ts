import { describe, expect, it } from 'vitest';
import { clusterText, queueStandsFor, recipeText, standIn, stood } from './testing/template';

const ofPlaybook = standIn('groups: {controller: {playbook: artifacts/front.yml}}', recipeText);
const software = (more: string, requirements = '[{host: machine}]') =>
  `    app: {type: tosca.nodes.SoftwareComponent, requirements: ${requirements}, interfaces: {Standard: {configure: ${more}}}}\n`;
const done = (text: string, by = standIn()) => stood(text, [by]).result.by.length > 0;

describe('a recipe whose groups work together', () => {
  it('does the work of a front end and workers', () => expect(done(clusterText())).toBe(true));

  it.each([
    ['there is no worker', clusterText().replace('other.Worker', 'other.Scaler')],
    [
      'a type of that name is the template’s own',
      clusterText({ types: 'node_types: {other.Front: {derived_from: tosca.nodes.SoftwareComponent}}\n' }),
    ],
    [
      'a node says itself what it runs',
      clusterText().replace(
        'requirements: [{host: machine}]',
        'requirements: [{host: machine}], interfaces: {Standard: {configure: own.yml}}',
      ),
    ],
    [
      'a node is on no machines',
      clusterText().replace('[{host: machine}]', '[{host: worker}]').replace('[{host: crowd}]', '[{host: nowhere}]'),
    ],
  ])('does nothing and says nothing where %s', (_, text) => {
    const { result, said } = stood(text);
    expect([result.by, said]).toEqual([[], []]);
  });

  it.each([
    [
      'there are two of one type',
      clusterText({ nodes: '    others: {type: other.Machine}\n    more: {type: other.Worker, requirements: [{host: others}]}\n' }),
      'because of more: of what it sets up there is one of each.',
    ],
    [
      'somebody else has a type of which that is derived',
      clusterText({
        types: 'node_types: {my.Front: {derived_from: other.Front}}\n',
        nodes: '    more: {type: my.Front, requirements: [{host: crowd}]}\n',
      }),
      'because of more: of what it sets up there is one of each.',
    ],
    [
      'one of that type runs something beside',
      clusterText({
        nodes: '    more: {type: other.Worker, requirements: [{host: machine}], interfaces: {Standard: {start: own.yml}}}\n',
      }),
      'because of more: of what it sets up there is one of each.',
    ],
    [
      'something of a type that it minds depends on it',
      clusterText({ nodes: '    scaler: {type: other.Scaler, requirements: [{host: crowd}, {lrms: front}]}\n' }),
      'because of scaler: it makes workers.',
    ],
    [
      'that is beside it',
      clusterText({ nodes: '    scaler: {type: other.Scaler, requirements: [{host: crowd}]}\n' }),
      'because of scaler: it makes workers.',
    ],
    ['a property is what it minds', clusterText({ front: 'panel: "yes"' }), 'because of front.panel: it has a panel.'],
    [
      'it counts on what another playbook sets up',
      clusterText({ nodes: software('other.yml') }).replace('[{host: crowd}]', '[{host: crowd}, {dependency: app}]'),
      'because of app: it counts on what that sets up.',
    ],
  ])('leaves all to the playbooks, and says why, where %s', (_, text, why) => {
    const { result, said } = stood(text);
    expect(result.by).toEqual([]);
    expect(said).toEqual([`front, worker: set up by its own playbooks, not by Transat's recipe Our queue, ${why}`]);
  });

  it('does not mind what it does not name', () => {
    expect(done(clusterText({ nodes: software('other.yml', '[{host: machine}, {dependency: front}]') }))).toBe(true);
    expect(
      done(clusterText({ nodes: '    scaler: {type: other.Scaler, requirements: [{host: third}]}\n    third: {type: other.Machine}\n' })),
    ).toBe(true);
  });

  it('minds nothing that recipes set up, too', () => {
    const minding = standIn(queueStandsFor.replace('type: other.Scaler', 'type: tosca.nodes.Root'));
    const text = clusterText({ nodes: software('https://example.org/artifacts/front.yml', '[{host: machine}, {dependency: front}]') });
    expect(stood(text, [minding, ofPlaybook]).result.by).toHaveLength(2);
    expect(stood(text, [minding]).result.by).toHaveLength(0);
  });
});

describe('a recipe of one group', () => {
  it.each([
    ['https://example.org/main/artifacts/front.yml', 1],
    ['{implementation: https://example.org/artifacts/front.yml, inputs: {a: 1}}', 1],
    ['{implementation: {primary: ../artifacts/front.yml}}', 1],
    ['https://example.org/artifacts/other-front.yml', 0],
    ['https://example.org/artifacts/front.yml, start: other.yml', 0],
  ])('does the work of a node that runs its playbook alone: %s', (implementation, count) => {
    expect(stood(clusterText({ nodes: software(implementation) }), [ofPlaybook]).result.by).toHaveLength(count);
  });

  it('reads operations in the words of 1.3', () => {
    const text = clusterText({ nodes: software('x') }).replace(
      '{configure: x}',
      '{operations: {configure: artifacts/x/artifacts/front.yml}}',
    );
    expect(done(text, ofPlaybook)).toBe(true);
  });

  it('does that of each, wherever it is, but not of a node whose type runs more', () => {
    const second = software('a/artifacts/front.yml', '[{host: crowd}]').replace('app', 'second');
    const typed = software('a/artifacts/front.yml').replace('app', 'third').replace('tosca.nodes.SoftwareComponent', 'other.Worker');
    const { shape } = stood(clusterText({ nodes: software('a/artifacts/front.yml') + second + typed }), [ofPlaybook]);
    const names = Object.keys(shape.topology_template.node_templates);
    expect(names).toEqual(expect.arrayContaining(['app_base', 'second_base']));
    expect(names).not.toContain('third_base');
  });

  it('looks at hundreds that count on each other in a moment, and at none of a template that is refused for their number', () => {
    const chain = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        software('a/artifacts/front.yml', `[{host: machine}, {d: app${index + 1}}]`).replace('app:', `app${index}:`),
      ).join('') + software('b.yml').replace('app:', `app${count}:`);
    const began = performance.now();
    const { result } = stood(clusterText({ nodes: chain(490) }), [ofPlaybook]);
    expect([result.by, result.warnings.length]).toEqual([[], 490]);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(stood(clusterText({ nodes: chain(500) }), [ofPlaybook]).result.warnings).toEqual([]);
  });

  it('is left out with what it counts on', () => {
    const minding = standIn(queueStandsFor.replace('other.Scaler', 'tosca.nodes.SoftwareComponent'));
    const nodes = software('a/artifacts/front.yml', '[{host: machine}, {dependency: front}]') + software('b.yml').replace('app', 'third');
    const { result, said } = stood(clusterText({ nodes }), [minding, ofPlaybook]);
    expect(result.by).toEqual([]);
    expect(said.map((text) => text.replace(/.*because/, 'because'))).toEqual([
      'because of third: it makes workers.',
      'because of front: it counts on what that sets up.',
    ]);
  });
});
