import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Machine } from './testing/machine';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.clear());

/** What a script prints that has Java's functions. */
const printed = (script: string) =>
  machine.run(join(import.meta.dirname, 'kafka/scripts/server.sh'), {}, (text) => {
    const functions = /# install_java[\s\S]*?\njava_programs\(\) \{[\s\S]*?\n\}\n/.exec(text)?.[0] ?? '';
    return `apt_install() { echo "installs $*"; }\n${functions}\n${script}`;
  });

describe('Java', () => {
  it.each([
    ['17', 'openjdk-17-jre-headless', 'openjdk-17-jre-headless'],
    ['21 where the distribution has that in its place', 'openjdk-21-jre-headless', 'openjdk-21-jre-headless'],
  ])('is %s', (_, had, installed) => {
    machine.play('apt-cache', `[ "$*" != "madison ${had}" ] || echo "${had} | 1 | main"`);
    expect(printed('install_java')).toMatchObject({ code: 0, printed: `installs ${installed}\n` });
  });

  it('is found where it is; of two, that which was there first', () => {
    const folder = (version: number) => `usr/lib/jvm/java-${version}-openjdk-amd64/bin`;
    expect(printed('set -e; java=$(java_programs)/java; echo went on')).toMatchObject({
      code: 1,
      printed: expect.stringContaining('Java is not there'),
    });
    machine.write(`${folder(21)}/java`, '');
    expect(printed('java_programs').printed).toBe(`${machine.at(folder(21))}\n`);
    machine.write(`${folder(17)}/java`, '');
    expect(printed('java_programs').printed).toBe(`${machine.at(folder(17))}\n`);
  });
});
