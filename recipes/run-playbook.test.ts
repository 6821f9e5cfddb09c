import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machine } from './testing/machine';

const given = {
  PLAYBOOK: '- hosts: localhost\n',
  PLAYBOOK_NAME: 'app.configure',
  VARIABLES: JSON.stringify({ word: `a "b" 'c' $(touch owned)` }),
  INVENTORY: '{"front": ["front"]}',
  DONE_OUTPUT: 'done_app',
};

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  // an environment of Python's, in which what was installed can be imported
  machine.play('python3', `[ "$1 $2" = "-m venv" ] || exec /usr/bin/python3 "$@"; mkdir -p "$3/bin"; cp "$R"/environment/* "$3/bin/"`);
  mkdirSync(machine.at('environment'));
  for (const [program, body] of [
    [
      'python',
      'if [ "$1" = -c ]; then for name in jmespath netaddr passlib; do grep -q "$name" "$R/installed" || exit 1; done; else exec /usr/bin/python3 "$@"; fi',
    ],
    [
      'pip',
      'echo "$*" >>"$R/installed"; touch "$R/opt/transat-ansible/bin/ansible-playbook"; chmod +x "$R/opt/transat-ansible/bin/ansible-playbook"',
    ],
    ['ansible-galaxy', 'true'],
  ] as const) {
    machine.play(program, body);
    execFileSync('mv', [machine.at(`bin/${program}`), machine.at(`environment/${program}`)]);
  }
  machine.write('installed', '');
});
afterEach(() => machine.clear());
const run = (changed: Record<string, string> = {}) =>
  machine.run(join(import.meta.dirname, 'shared/run-playbook.sh'), { ...given, ...changed });
const installed = () => machine.read('installed').match(/[a-z]+==/g);

it('brings Ansible once, with what its filters ask for, and writes the playbook’s variables as they are', () => {
  const first = run();
  expect([first.code, first.outputs], first.printed).toEqual([0, 'done_app=yes\n']);
  expect(installed()).toEqual(['ansible==', 'passlib==', 'jmespath==', 'netaddr==']);
  const inventory = JSON.parse(machine.read('opt/transat-ansible/playbooks/app.configure/inventory.json'));
  expect(inventory.all.hosts.localhost.word).toBe(`a "b" 'c' $(touch owned)`);
  expect(machine.has('owned')).toBe(false);
  run({ PLAYBOOK_NAME: 'other.configure' });
  expect(installed()).toHaveLength(4);
});

it('brings what filters ask for to a machine that has had Ansible for long', () => {
  run();
  machine.write('installed', 'ansible==');
  run();
  expect(installed()).toEqual(['ansible==', 'passlib==', 'jmespath==', 'netaddr==']);
});
