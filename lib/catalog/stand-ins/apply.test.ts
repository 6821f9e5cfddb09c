import { describe, expect, it } from 'vitest';
import { readYaml } from '@/lib/tosca/read-yaml';
import { clusterText, queueStandsFor, recipeText, standIn, stood } from './testing/template';

const nodesIn = (text: string, standIns = [standIn()]) => stood(text, standIns).shape.topology_template.node_templates;
const inputsOf = (name: string, text = clusterText(), standIns = [standIn()]) =>
  nodesIn(text, standIns)[name]?.interfaces as unknown as { Standard: { configure: { inputs: unknown } } } | undefined;
const given = (name: string, text?: string, standIns?: Parameters<typeof inputsOf>[2]) =>
  inputsOf(name, text, standIns)?.Standard.configure.inputs;

describe('the software of a recipe in the place of what a template’s nodes run', () => {
  it('is there under names that begin with theirs, on their machines and in its order; what is switched off is not', () => {
    const nodes = nodesIn(clusterText());
    expect(Object.fromEntries(Object.entries(nodes).map(([name, { requirements }]) => [name, requirements]))).toEqual({
      machine: undefined,
      crowd: undefined,
      front: [{ host: 'machine' }, ...['base', 'homes', 'start', 'leave'].map((name) => ({ dependency: `front_${name}` }))],
      worker: [{ host: 'crowd' }, { dependency: 'worker_join' }],
      front_base: [{ host: 'machine' }],
      front_homes: [{ host: 'machine' }, { dependency: 'front_base' }],
      front_start: [{ host: 'machine' }, { dependency: 'front_homes' }],
      front_leave: [{ host: 'machine' }, { dependency: 'front_start' }],
      worker_join: [{ host: 'crowd' }],
    });
    expect(nodes.front_start?.metadata).toEqual({ title: 'Start' });
    expect(nodes.front_leave?.metadata).toEqual({ for_leaving: 'crowd' });
  });

  it('is told of the template’s machines, its answers and the recipe’s defaults', () => {
    expect(given('front_base')).toEqual({
      KEY: { get_input: 'our_queue_key' },
      NAMES: ['a', 'b'],
      HOSTS: { join: [{ get_attribute: ['crowd', 'hostname'] }, ','] },
    });
    expect(given('front_start')).toEqual({ COUNT: { get_attribute: ['crowd', 'count'] }, ACCOUNTS: false });
    expect(given('worker_join')).toEqual({
      FRONT: { get_attribute: ['machine', 'private_address', 0] },
      HOME_FOLDERS: { get_input: 'queue_home' },
    });
  });

  it.each([
    ['a value', 'accounts: true', true, undefined],
    ['an input of the template', 'accounts: {get_input: wanted}', { get_input: 'wanted' }, { enabled_by: 'wanted=true' }],
    ['worked out', 'accounts: {get_property: [other, x]}', { get_property: ['front', 'accounts'] }, {}],
  ])('follows a property that is %s', (_, front, value, metadata) => {
    const text = clusterText({ front });
    expect(given('front_start', text)).toMatchObject({ ACCOUNTS: value });
    expect(given('front_books', text)).toEqual({ PASS: { get_secret: 'our_queue_pass' } });
    expect(nodesIn(text).front_books?.metadata ?? {}).toEqual(metadata ?? {});
  });

  it('asks for what it needs, and makes what is secret, under conditions that are the template’s', () => {
    const { shape } = stood(clusterText({ front: 'accounts: {get_input: wanted}' }));
    expect(Object.keys(shape.topology_template.inputs)).toEqual(['wanted', 'queue_home', 'our_queue_key', 'our_queue_pass']);
    expect(shape.metadata.inputs).toEqual({
      our_queue_key: { label: 'Key', generated: 'token' },
      queue_home: { label: 'Home', widget: 'select' },
      our_queue_pass: { label: 'Password', generated: 'password', enabled_by: 'wanted=true' },
    });
    expect(nodesIn(clusterText()).front_homes?.metadata).toEqual({ enabled_by: 'queue_home=nfs' });
    expect(Object.keys(stood(clusterText()).shape.topology_template.inputs)).not.toContain('our_queue_pass');
  });

  describe('that refuses an answer', () => {
    const home = 'home: {label: Home, widget: select';
    const refusing = standIn(queueStandsFor, recipeText.replace(home, `${home}, unless: accounts=true, because: Why.`));
    it.each([
      ['where an input of the template has a value', '{get_input: wanted}', { unless: 'wanted=true', because: 'Why.' }],
      ['in no case', 'false', {}],
    ])('does so %s', (_, accounts, about) => {
      const { shape } = stood(clusterText({ front: `accounts: ${accounts}` }), [refusing]);
      expect(shape.metadata.inputs.queue_home).toEqual({ label: 'Home', widget: 'select', ...about });
    });

    it('asks nobody where the template’s own always refuse it, and takes the default', () => {
      const text = clusterText({ front: 'accounts: true' });
      expect(stood(text, [refusing]).shape.topology_template.inputs).not.toHaveProperty('queue_home');
      expect(given('worker_join', text, [refusing])).toMatchObject({ HOME_FOLDERS: 'nfs' });
    });
  });

  it('has what stands-for.yaml says beside, and lacks what that leaves out', () => {
    const about = `${queueStandsFor}leaves: [leave]
software:
  start: {metadata: {attempts: 2}, interfaces: {Standard: {configure: {inputs: {PORT: 1, VERSION: {get_property: [controller, version]}}}}}}
  more: {type: transat.nodes.Software, requirements: [{host: workers}, {dependency: join}]}
`;
    const nodes = nodesIn(clusterText(), [standIn(about)]);
    expect(nodes.front_leave).toBeUndefined();
    expect(nodes.worker_more?.requirements).toEqual([{ host: 'crowd' }, { dependency: 'worker_join' }]);
    expect(nodes.front_start?.metadata).toEqual({ title: 'Start', attempts: 2 });
    expect(given('front_start', clusterText(), [standIn(about)])).toMatchObject({
      PORT: 1,
      VERSION: { get_property: ['front', 'version'] },
      ACCOUNTS: false,
    });
  });

  it('does not take a name that is taken', () => {
    const nodes = nodesIn(clusterText({ nodes: '    front_base: {type: tosca.nodes.BlockStorage}\n' }));
    expect(nodes.front_base_?.requirements).toEqual([{ host: 'machine' }]);
    expect(nodes.front_homes?.requirements).toEqual([{ host: 'machine' }, { dependency: 'front_base_' }]);
  });

  it('does not take one that other software of it has taken', () => {
    const about = `${queueStandsFor}software: {begin_join: {type: transat.nodes.Software, requirements: [{host: controller}]}}\n`;
    const text = clusterText().replace('    worker:', '    front_begin:');
    expect(Object.keys(nodesIn(text, [standIn(about)]))).toEqual(expect.arrayContaining(['front_begin_join', 'front_begin_join_']));
  });

  it('comes after what the replaced came after', () => {
    const first =
      '    first: {type: tosca.nodes.SoftwareComponent, requirements: [{host: machine}], interfaces: {Standard: {configure: a/artifacts/x.yml}}}\n';
    const text = clusterText({ nodes: first }).replace(
      '[{host: machine}]}\n    worker',
      '[{host: machine}, {dependency: first}]}\n    worker',
    );
    const other = standIn('groups: {controller: {playbook: artifacts/x.yml}}');
    expect(nodesIn(text, [standIn(), other]).front_base?.requirements).toEqual([{ host: 'machine' }, { dependency: 'first' }]);
  });
});

describe('what a playbook was given', () => {
  const about = `groups: {controller: {playbook: artifacts/front.yml}}
answers: {names: {get_property: [controller, who]}, home: {get_property: [controller, nothing]}}
`;
  const app = (inputs: string) =>
    clusterText({
      nodes: `    app:\n      type: tosca.nodes.SoftwareComponent\n      requirements: [{host: machine}]\n      artifacts: {role: {file: a, type: b}}\n      interfaces: {Standard: {configure: {implementation: a/artifacts/front.yml${inputs && `, inputs: ${inputs}`}}}}\n`,
    });

  it('answers the recipe, and what it was not given is empty', () => {
    const nodes = nodesIn(app('{who: {get_input: wanted}}'), [standIn(about)]);
    expect(given('app_base', app('{who: {get_input: wanted}}'), [standIn(about)])).toMatchObject({ NAMES: { get_input: 'wanted' } });
    expect(given('app_base', app(''), [standIn(about)])).toMatchObject({ NAMES: '' });
    expect([nodes.app?.interfaces, nodes.app?.artifacts, nodes.app_homes]).toEqual([undefined, undefined, undefined]);
  });

  it('and means nothing, is said', () => {
    expect(stood(app('{who: a, other: b, empty: "", no: false, none: [], some: {a: 1}}'), [standIn(about)]).said).toEqual([
      "app: set up by Transat's own recipe Our queue, not by its playbook.",
      'app.other does nothing here: it is not supported.',
      'app.some does nothing here: it is not supported.',
    ]);
  });
});

describe('what is said', () => {
  it('is that a recipe sets it up, what of the template it does not heed, and of its types what is known', () => {
    const { result, said } = stood(clusterText({ front: 'version: "2", members: [a], accounts: true', worker: 'front_ip: a, unknown: 1' }));
    expect(said).toEqual([
      "front: set up by Transat's own recipe Our queue, not by its playbook.",
      'front.version does nothing here: it is what there is.',
      'front.panel does nothing here: there is none.',
      "worker: set up by Transat's own recipe Our queue, not by its playbook.",
      'worker.unknown does nothing here: it is not supported.',
    ]);
    expect(result.warnings.map(({ at }) => at.line)).toEqual([6, 6, 6, 7, 7]);
  });
});

describe('outputs', () => {
  const task = (name: string, configuration = 'front_machine_conf_machine') =>
    `{value: {get_attribute: [machine, ansible_output, ${configuration}, tasks, ${name}, output]}}`;

  it('of the template stay; what a task said the recipe says, with all that is known of it; what leads nowhere goes, and that is said', () => {
    const { shape, said } = stood(
      clusterText({
        outputs: `ip: {value: {get_attribute: [machine, address]}}, conf: ${task('say')}, lone: ${task('other')}, panel_url: {value: a}, far: ${task('say', 'app_machine_conf_machine')}`,
      }),
    );
    const { outputs } = shape.topology_template;
    expect(Object.keys(outputs)).toEqual(['ip', 'conf', 'far', 'queue_told']);
    expect(outputs.conf).toEqual({ value: { get_attribute: ['front_start', 'outputs', 'config'] } });
    expect(outputs.queue_told).toEqual({ description: 'What it told.', value: { get_attribute: ['front_start', 'outputs', 'told'] } });
    expect(shape.metadata.outputs).toEqual({
      conf: { label: 'Configuration', kind: 'file', secret: true },
      queue_told: { label: 'Told', kind: 'text' },
    });
    expect(said).toEqual(
      expect.arrayContaining([
        'The output lone is left out: no playbook runs whose task other would tell it.',
        'The output panel_url is left out: there is none.',
      ]),
    );
  });

  it('of what is switched off are none, of what may be on follow it, and a name that is taken is another', () => {
    const { shape } = stood(clusterText({ front: 'accounts: {get_input: wanted}', outputs: 'queue_told: {value: mine}' }));
    expect(shape.topology_template.outputs).toMatchObject({ queue_told: { value: 'mine' }, queue_told_front: {}, queue_accounts: {} });
    expect(shape.metadata.outputs).toMatchObject({ queue_accounts: { label: 'Accounts', enabled_by: 'wanted=true' } });
    expect(shape.topology_template.outputs.queue_scaled).toBeUndefined();
  });
});

describe('the types', () => {
  it('of what is replaced run nothing and fetch nothing; machines have what recipes ask of them', () => {
    const { type } = stood(clusterText());
    expect([type('other.Front')?.interfaces, type('other.Front')?.artifacts, type('other.Worker')?.interfaces]).toEqual([
      [],
      new Map(),
      [],
    ]);
    const machine = type('tosca.nodes.Compute');
    expect([machine?.derivedFrom, ...(machine?.attributes ?? [])]).toEqual(
      expect.arrayContaining(['tosca.nodes.Root', 'private_address', 'hostname', 'count', 'group']),
    );
    expect(stood(clusterText({ front: 'panel: "yes"' })).type('other.Front')?.interfaces).toHaveLength(1);
  });
});

describe('who waits on other machines', () => {
  const app = (host: string) =>
    `    app: {type: tosca.nodes.SoftwareComponent, requirements: [{host: ${host}}, {dependency: front}], interfaces: {Standard: {configure: app.yml}}}\n`;

  it('is told by a step of its own when all is done', () => {
    const { front } = nodesIn(clusterText({ nodes: app('crowd') }));
    expect(front?.interfaces).toEqual({
      Standard: { configure: { implementation: '../shared/tell-done.sh', inputs: { DONE_OUTPUT: 'done_front' } } },
    });
    expect(front?.metadata).toEqual({ title: 'Tell the others that it is done', seconds: 1 });
    expect(nodesIn(clusterText({ nodes: app('machine') })).front?.interfaces).toBeUndefined();
  });
});

describe('what follows for the recipe as a whole', () => {
  const file = { url: 'https://example.org/a', version: '1', sha256: '', sizeBytes: 1, kind: 'file' as const };

  it('is to fetch what its software needs, under the names that has', () => {
    const downloads = [
      { ...file, for: ['start', 'join'] },
      { ...file, for: ['scaling', 'disk'] },
      { ...file, for: [] },
    ];
    expect(stood(clusterText(), [standIn(queueStandsFor, recipeText, downloads)]).result.downloads.map(({ for: users }) => users)).toEqual([
      ['front_start', 'worker_join'],
      ['front_base', 'front_homes', 'front_start', 'front_leave', 'worker_join'],
    ]);
  });

  it.each([
    ['nothing else', '', true],
    ['a node that runs nothing', '    still: {type: tosca.nodes.SoftwareComponent, requirements: [{host: machine}]}\n', true],
    [
      'a node with a playbook',
      '    app: {type: tosca.nodes.SoftwareComponent, requirements: [{host: machine}], interfaces: {Standard: {configure: a.yml}}}\n',
      false,
    ],
    ['a type with one', '    app: {type: other.Worker, requirements: [{host: nowhere}]}\n', false],
    [
      'a relationship with one',
      '    app: {type: tosca.nodes.SoftwareComponent, requirements: [{host: {node: machine, relationship: {type: a, interfaces: {Configure: {pre_configure_source: a.yml}}}}}]}\n',
      false,
    ],
  ])('is that it alone runs there, or not: %s', (_, nodes, whole) => expect(stood(clusterText({ nodes })).result.whole).toBe(whole));

  it('is nothing where no recipe has a part in it', () => {
    const { result, shape } = stood('topology_template: {node_templates: {machine: {type: other.Machine}}}');
    expect([result.whole, result.by, result.warnings, Object.keys(shape)]).toEqual([false, [], [], ['topology_template']]);
  });

  it('is that a template without sections gets them', () => {
    const text = clusterText()
      .replace(/ {2}outputs: .*\n/, '')
      .replace(/ {2}inputs: .*\n/, '');
    expect(readYaml(text, 'a').ok).toBe(true);
    expect(Object.keys(stood(text).shape.topology_template.outputs)).toEqual(['queue_told']);
  });
});
