import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { plain, type YamlValue } from './cursor';
import { readYaml } from './read-yaml';

const read = (text: string) => readYaml(text, 'a.yaml');
const message = (text: string) => {
  const result = read(text);
  return result.ok ? null : result.diagnostic;
};

describe('readYaml', () => {
  it('remembers where things stand', () => {
    const result = read('inputs:\n  count: {type: integer}\n  size:\n    type: string\n');
    const inputs = result.ok && result.root.kind === 'map' ? result.root.entries.get('inputs') : undefined;
    const of = (name: string) => (inputs?.kind === 'map' ? inputs.entries.get(name)?.at : undefined);
    expect(of('count')).toEqual({ file: 'a.yaml', line: 2, column: 3 });
    expect(of('size')).toEqual({ file: 'a.yaml', line: 3, column: 3 });
  });

  it('names line and column of a syntax error', () => {
    expect(message('a: 1\nb: [1, 2\nc: 3\n')).toMatchObject({ at: { line: 3 } });
  });

  it('keeps how a number was written', () => {
    const result = read('1.10');
    expect(result.ok && result.root).toMatchObject({ kind: 'scalar', value: 1.1, source: '1.10' });
  });

  it('follows aliases and merge keys', () => {
    const result = read('base: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\nsame: *base\n');
    expect(result.ok && plain(result.root)).toEqual({ base: { a: 1, b: 2 }, more: { a: 1, b: 3 }, same: { a: 1, b: 2 } });
  });

  it('refuses an alias bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    expect(message(lines.join('\n'))?.message).toMatch(/more than 50000 values/);
  });

  it('refuses what is too large, too deep, or contains itself', () => {
    expect(message('x'.repeat(600_000))?.message).toMatch(/larger than 256 KiB/);
    expect(message(`${'['.repeat(100)}${']'.repeat(100)}`)?.message).toMatch(/nested deeper/);
    expect(message('a: &a [*a]')?.message).toBe('This alias contains itself.');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses %s as a name', (name) => {
    expect(message(`a:\n  "${name}": {polluted: true}\n`)).toMatchObject({ at: { line: 2 } });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('reads back whatever is written as YAML', () => {
    const value = fc.letrec<{ value: YamlValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (original) => {
        const result = read(stringify({ original }));
        expect(result.ok && plain(result.root)).toEqual({ original });
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void read(text)));
  });
});
