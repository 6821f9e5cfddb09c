import { describe, expect, it } from 'vitest';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import { readStandsFor, saidIn } from './stands-for';
import { queueStandsFor, yaml } from './testing/template';

function read(text: string) {
  const diagnostics = new Diagnostics();
  const about = readStandsFor(new Cursor(yaml(text, 'stands-for.yaml'), '', diagnostics));
  return { about, faults: diagnostics.list.map(({ message }) => message) };
}

describe('stands-for.yaml', () => {
  it('says what groups stand for, and what becomes of what they ask', () => {
    const { about, faults } = read(queueStandsFor);
    expect(faults).toEqual([]);
    expect(Object.fromEntries(about.groups)).toEqual({ controller: { type: 'other.Front' }, workers: { type: 'other.Worker' } });
    expect([...about.answers.keys(), ...about.asked]).toEqual(['count', 'accounts', ['home', 'queue_home']]);
    expect(about.unless).toEqual([
      { type: 'other.Scaler', because: 'it makes workers.' },
      { property: { group: 'controller', name: 'panel', is: 'yes' }, because: 'it has a panel.' },
    ]);
    expect([...about.knows]).toEqual(['front_ip', 'members']);
  });

  it('tells people reasons and titles', () => {
    const more = 'software: {a: {metadata: {title: Do it}}, b: {type: c}}\n';
    expect(saidIn(read(queueStandsFor + more).about)).toEqual([
      'it is what there is.',
      'there is none.',
      'there is none.',
      'it makes workers.',
      'it has a panel.',
      'Do it',
    ]);
  });

  it.each([
    ['{}', 'groups, which the recipe has in the place of something, are missing.'],
    ['groups: {a: {}}', 'groups.a: It stands for a type or for a playbook: one of both is named.'],
    ['groups: {a: {type: b, playbook: c}}', 'groups.a: It stands for a type or for a playbook: one of both is named.'],
    ['groups: {a: {type: b}}\nunless: [{type: c}]', 'unless.0: It says because of what.'],
    ['groups: {a: {type: b}}\nunless: [{because: c}]', 'unless.0: A type is named, or a property: the group and its name.'],
    ['groups: {a: {type: b}}\nanswer: {}', expect.stringContaining('"answer" is not known here')],
    ['groups: {a: {type: b, kind: c}}', expect.stringContaining('"kind" is not known here')],
  ])('is refused where it says %s', (text, fault) => expect(read(text).faults).toContainEqual(fault));
});
