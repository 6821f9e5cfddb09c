import { describe, expect, it } from 'vitest';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import { readTemplate } from '@/lib/tosca/read-template';
import { readYaml } from '@/lib/tosca/read-yaml';
import { readForm } from './form';

/** The form of a template with these inputs, and what metadata says of them. */
function form(inputs: string, about = '{}') {
  const text = `tosca_definitions_version: tosca_simple_yaml_1_3\nmetadata: {inputs: ${about}}\ntopology_template:\n  inputs: {${inputs}}\n`;
  const yaml = readYaml(text, 'recipe.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  const diagnostics = new Diagnostics();
  const read = readForm(result.template, new Cursor(yaml.root, '', diagnostics).get('metadata'), diagnostics);
  return { ...read, faults: diagnostics.list.map(({ message }) => message) };
}
const question = (input: string, about?: string) =>
  form(`the_input: ${input}`, about === undefined ? undefined : `{the_input: ${about}}`).inputs[0];

describe('a question of a form', () => {
  it.each([
    ['{type: string}', undefined, 'text'],
    ['{type: string, constraints: [{valid_values: [a, b]}]}', undefined, 'select'],
    ['{type: integer, constraints: [{valid_values: [1, 2]}]}', undefined, 'select'],
    ['{type: boolean}', undefined, 'toggle'],
    ['{type: integer}', undefined, 'number'],
    ['{type: float}', undefined, 'number'],
    ['{type: scalar-unit.size}', undefined, 'size'],
    ['{type: list, entry_schema: {type: string}}', undefined, 'list'],
    ['{type: map, entry_schema: {type: string}}', undefined, 'list'],
    ['{type: string}', '{secret: true}', 'password'],
    ['{type: string}', '{generated: token}', 'password'],
    ['{type: string}', '{widget: cidr}', 'cidr'],
  ])('%s with %s is asked by a %s', (input, about, widget) => expect(question(input, about)).toMatchObject({ widget }));

  it.each([
    ['is needed where nothing stands in its place', '{type: string}', undefined, true],
    ['is not needed where it has a default', '{type: string, default: a}', undefined, false],
    ['is not needed where it says so', '{type: string, required: false}', undefined, false],
    ['is not needed where it is generated', '{type: string}', '{generated: password}', false],
  ])('%s', (_, input, about, required) => expect(question(input, about)?.required).toBe(required));

  it('is called as its metadata says, or by its name', () => {
    expect(question('{type: string}', '{label: Yours}')?.label).toBe('Yours');
    expect(question('{type: string}')?.label).toBe('The input');
  });

  it('has the help, the limits, the effect and the lines that are said of it, and nothing else', () => {
    const input =
      '{type: list, description: Say it., entry_schema: {type: string, constraints: [{max_length: 5}]}, constraints: [{min_length: 1}]}';
    expect(question(input, '{multiline: true, effect: data-lost, fixed: true}')).toEqual({
      name: 'the_input',
      type: 'list',
      label: 'The input',
      help: 'Say it.',
      required: true,
      constraints: [{ min_length: 1 }],
      widget: 'list',
      secret: false,
      multiline: true,
      entry: { type: 'string', constraints: [{ max_length: 5 }] },
      tab: 'Advanced',
      effect: 'data-lost',
      fixed: true,
    });
    expect(question('{type: string}')).toEqual({
      name: 'the_input',
      type: 'string',
      label: 'The input',
      required: true,
      constraints: [],
      widget: 'text',
      secret: false,
      tab: 'Advanced',
    });
  });

  it('is refused for a reason while another has a value', () => {
    const { inputs, faults } = form(
      'a: {type: integer, default: 1}, b: {type: string, default: ""}',
      '{b: {unless: a=3, because: " Why. "}}',
    );
    expect(inputs.find(({ name }) => name === 'b')).toMatchObject({ unless: { input: 'a', equals: 3, because: 'Why.' } });
    expect(faults).toEqual([]);
  });

  it('never has the default of a secret', () => {
    expect(question('{type: string, default: ""}', '{generated: password}')).not.toHaveProperty('default');
    expect(question('{type: string, default: ""}')).toHaveProperty('default', '');
  });
});

const noDefault = 'A secret never has a default; say `generated` in metadata.inputs and `default: ""`.';

describe('what a form must not be', () => {
  it.each(['password', 'admin_password', 'db_passwd', 'secret', 'hub_secret', 'token', 'join_token'])(
    'an input that is called %s has a default',
    (name) => {
      expect(form(`${name}: {type: string, default: x}`).faults).toEqual([`inputs.${name}: ${noDefault}`]);
      expect(form(`${name}: {type: string, default: ""}`).faults).toEqual([]);
    },
  );

  it.each(['token_lifetime: {type: string, default: x}', 'mysecret: {type: string, default: x}', 'token: {type: integer, default: 3}'])(
    'what is no secret may have one: %s',
    (input) => expect(form(input).faults).toEqual([]),
  );

  it.each<[what: string, inputs: string, about: string, fault: RegExp]>([
    ['names a control that there is not', 'a: {type: string}', '{a: {widget: dial}}', /There is no widget "dial"; there are text, number/],
    ['is made in no known way', 'a: {type: string}', '{a: {generated: luck}}', /"luck" can't be generated; there are password, token/],
    ['has an effect that there is not', 'a: {type: string}', '{a: {effect: none at all}}', /There is no effect "none at all"; there are /],
    ['is a secret number', 'a: {type: integer}', '{a: {secret: true}}', /What is generated or secret has the type string/],
    ['is no input', 'a: {type: string}', '{b: {label: x}}', /There is no such input/],
    ['is refused by what is not asked', 'a: {type: string}', '{a: {unless: b=1, because: Why.}}', /There is no input b/],
    [
      'is refused for no reason',
      'a: {type: string}, b: {type: string}',
      '{a: {unless: b=1}}',
      /`unless` needs `because`, and that the other/,
    ],
    ['has a reason for nothing', 'a: {type: string}', '{a: {because: Why.}}', /`unless` needs `because`, and that the other/],
    ['depends on what is not asked', 'a: {type: string}', '{a: {enabled_by: b=1}}', /There is no input b/],
  ])('what %s is refused', (_, inputs, about, fault) => expect(form(inputs, about).faults).toEqual([expect.stringMatching(fault)]));
});

describe('inputs that are asked only while others are', () => {
  const inputs = ['a', 'b', 'c'].map((name) => `${name}: {type: boolean, default: true}`).join(', ');

  it.each<[about: string, faults: string[]]>([
    ['{a: {enabled_by: b=true}, b: {enabled_by: c=true}}', []],
    ['{a: {enabled_by: b=true}, c: {enabled_by: b=true}}', []],
    ['{a: {enabled_by: a=true}}', ['a → a']],
    ['{a: {enabled_by: b=true}, b: {enabled_by: a=true}}', ['a → b → a']],
    ['{a: {enabled_by: b=true}, b: {enabled_by: c=true}, c: {enabled_by: b=true}}', ['b → c → b']],
  ])('%s goes round: %j', (about, faults) => {
    expect(form(inputs, about).faults).toEqual(faults.map((way) => `${way}: these are asked only while the others are.`));
  });
});
