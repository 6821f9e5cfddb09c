import { describe, expect, it } from 'vitest';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import { readTemplate } from '@/lib/tosca/read-template';
import { readYaml } from '@/lib/tosca/read-yaml';
import { readForm } from './form';

const inputs = ['fe_cpus', 'fe_mem', 'wn_num', 'wn_more', 'note'].map((name) => `    ${name}: {type: string, default: ""}\n`).join('');

function form(tabs: string) {
  const text = `tosca_definitions_version: tosca_simple_yaml_1_0\nmetadata:\n  tabs: ${tabs}\ntopology_template:\n  inputs:\n${inputs}    on: {type: boolean, default: false}\n`;
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  const result = readTemplate(yaml.root, []);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  const diagnostics = new Diagnostics();
  const { tabs: names, inputs: questions } = readForm(result.template, new Cursor(yaml.root, '', diagnostics).get('metadata'), diagnostics);
  return {
    names,
    of: (tab: string) => questions.filter((input) => input.tab === tab).map(({ name }) => name),
    input: (name: string) => questions.find((input) => input.name === name),
    faults: diagnostics.list.map(({ message }) => message),
    warnings: diagnostics.warnings.map(({ message }) => message),
  };
}

describe('tabs', () => {
  it('name their inputs in a list, and what none names is Advanced', () => {
    const { names, of, faults } = form('{A: [fe_mem, fe_cpus], B: [note]}');
    expect(names).toEqual(['A', 'B', 'Advanced']);
    expect([of('A'), of('B'), of('Advanced')]).toEqual([['fe_mem', 'fe_cpus'], ['note'], ['wn_num', 'wn_more', 'on']]);
    expect(faults).toEqual([]);
  });

  it('take all inputs whose name begins as an expression says, the first tab first', () => {
    const { of, faults, warnings } = form('{Front: "fe_", Workers: "wn_.*|fe_mem", Empty: "zz"}');
    expect([of('Front'), of('Workers')]).toEqual([
      ['fe_cpus', 'fe_mem'],
      ['wn_num', 'wn_more'],
    ]);
    expect(faults).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('No input has a name like zz')]);
  });

  it('say in maps what is to be known of an input', () => {
    const { input, of, faults, warnings } = form(
      '{A: [{fe_cpus: {tag_type: textarea, pattern: "[a-z]*"}}, fe_mem, {note: {tag_type: password, enabled_by: on}}], B: {wn_num: {tag_type: vo_list, reconfigure: true}, wn_more: {tag_type: email}}}',
    );
    expect([of('A'), of('B')]).toEqual([
      ['fe_cpus', 'fe_mem', 'note'],
      ['wn_num', 'wn_more'],
    ]);
    expect(input('fe_cpus')).toMatchObject({ multiline: true, constraints: [{ pattern: '[a-z]*' }] });
    expect(input('note')).toMatchObject({ secret: true, widget: 'password', enabledBy: { input: 'on', equals: true } });
    expect(faults).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('The control "vo_list" is not known, so that it is a field for text.'),
      expect.stringContaining('"reconfigure" does nothing here.'),
    ]);
  });

  it.each([
    ['{A: [gone]}', 'There is no input gone.'],
    ['{A: [note], B: [note]}', 'The input note is in two tabs.'],
    ['{A: [note, note]}', 'The input note is in two tabs.'],
    ['{A: "("}', "The expression for the names of inputs can't be used: missing closing ): `(`."],
    ['{A: [{note: {pattern: "("}}]}', "The pattern can't be used"],
    ['{A: [{note: {enabled_by: gone}}]}', 'There is no input gone.'],
  ])('%s is refused', (tabs, message) => expect(form(tabs).faults).toEqual([expect.stringContaining(message)]));
});
