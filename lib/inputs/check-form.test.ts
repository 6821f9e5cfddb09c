import { describe, expect, it } from 'vitest';
import { askedInputs, checkForm } from './check-form';
import { hostileText } from './hostile-text';
import { matches } from './pattern';
import { sentence } from './sentence';
import type { FormInput } from './types';
import { parsePorts, widgetFault } from './widgets';

const input = (name: string, about: Partial<FormInput>): FormInput => ({
  name,
  type: 'string',
  label: name,
  required: false,
  constraints: [],
  widget: 'text',
  secret: false,
  tab: 'A',
  ...about,
});

const form = [
  input('count', { type: 'integer', default: 2, constraints: [{ in_range: [1, 4] }] }),
  input('size', { type: 'scalar-unit.size', default: '10 GiB', constraints: [{ less_or_equal: '1 TiB' }] }),
  input('name', { required: true, constraints: [{ pattern: '[a-z]+' }] }),
  input('note', { default: '', constraints: [{ min_length: 3 }] }),
  input('text', { default: '', multiline: true }),
  input('more', { type: 'boolean', default: false }),
  input('detail', { required: true, enabledBy: { input: 'more', equals: true } }),
  input('password', { generated: 'password', secret: true, widget: 'password', constraints: [{ min_length: 8 }] }),
  input('range', { default: '0.0.0.0/0', widget: 'cidr' }),
  input('ports', { type: 'list', default: [], widget: 'ports', entry: { type: 'string', constraints: [] } }),
  input('tags', { type: 'map', default: {} }),
];

const wrong = (values: Record<string, unknown>) => {
  const { faults } = checkForm(form, { name: 'ok', ...values }, matches);
  return faults.map(({ input: name, fault }) => `${name}: ${sentence(fault)}`);
};

const valuesOf = (values: Record<string, unknown>) => checkForm(form, values, matches).values;

describe('checkForm', () => {
  it('fills in defaults and writes sizes in one way', () => {
    expect(valuesOf({ name: 'ok', size: '512mib' })).toEqual({
      count: 2,
      size: '512 MiB',
      name: 'ok',
      note: '',
      text: '',
      more: false,
      detail: null,
      password: null,
      range: '0.0.0.0/0',
      ports: [],
      tags: {},
    });
  });

  it.each<[Record<string, unknown>, string | null]>([
    [{ count: 5 }, 'count: It must be between 1 and 4.'],
    [{ count: '2' }, 'count: It must be a whole number.'],
    [{ count: null }, null],
    [{ size: '2 TiB' }, 'size: It must be 1 TiB or less.'],
    [{ name: '' }, 'name: It must be filled in.'],
    [{ name: null }, 'name: It must be filled in.'],
    [{ name: 'x; rm -rf /' }, 'name: It must match the pattern [a-z]+.'],
    [{ password: 'short' }, 'password: It must have at least 8 characters; it has 5.'],
    [{ password: '' }, null],
    [{ note: 'ab' }, 'note: It must have at least 3 characters; it has 2.'],
    [{ note: '' }, null],
    [{ ports: ['a'.repeat(4097)] }, 'ports: It is longer than 4096 characters.'],
    [{ ports: [80, '443'] }, 'ports: Entry 1: It must be text.'],
    [{ more: true }, 'detail: It must be filled in.'],
    [{ more: true, detail: 'x' }, null],
    [{ more: false, detail: '\u0000' }, null],
  ])('%j', (values, message) => expect(wrong(values)).toEqual(message === null ? [] : [message]));

  it('leaves out what is switched off, whatever was typed before', () => {
    expect(valuesOf({ more: false, detail: 'left over' }).detail).toBeNull();
    expect(valuesOf({ more: true, detail: 'x' }).detail).toBe('x');
  });

  it('takes no empty list for an answer that is required', () => {
    const list = input('list', { type: 'list', required: true });
    const said = (value: unknown, about: Partial<FormInput> = {}) =>
      checkForm([{ ...list, ...about }], { list: value }, matches).faults.map(({ fault }) => fault.key);
    expect([said([]), said({}, { type: 'map' }), said(undefined)]).toEqual([['required'], ['required'], ['required']]);
    expect([said(['a']), said([], { required: false }), said({ a: 1 }, { type: 'map' })]).toEqual([[], [], []]);
  });

  it('does not mind what is missing while the form is filled in', () => {
    expect(checkForm(form, {}, matches, { partial: true }).faults).toEqual([]);
    expect(checkForm(form, { count: 9 }, matches, { partial: true }).faults).toHaveLength(1);
  });

  it('asks only while the input that switches a question has that value and is asked itself', () => {
    const chain = [
      input('a', { type: 'boolean', default: false }),
      input('b', { type: 'boolean', default: true, enabledBy: { input: 'a', equals: true } }),
      input('c', { enabledBy: { input: 'b', equals: true } }),
      input('d', { enabledBy: { input: 'gone', equals: true } }),
    ];
    const asked = (answers: Record<string, unknown>) => askedInputs(chain, answers).map(({ name }) => name);
    expect(asked({})).toEqual(['a', 'd']);
    expect(asked({ a: true })).toEqual(['a', 'b', 'c', 'd']);
    expect(asked({ a: true, b: false })).toEqual(['a', 'b', 'd']);
  });

  describe('refuses what does not go with another answer', () => {
    const because = 'They would part.';
    const pair = [
      input('more', { type: 'boolean', default: true }),
      input('planes', { type: 'integer', label: 'Control planes', default: 1, enabledBy: { input: 'more', equals: true } }),
      input('back', { default: '', unless: { input: 'planes', equals: 3, because }, constraints: [{ pattern: '[a-z]+' }] }),
      input('disk', { type: 'scalar-unit.size', default: '1 GiB', unless: { input: 'planes', equals: 3, because } }),
      input('own', { required: true, unless: { input: 'planes', equals: 3, because }, enabledBy: { input: 'disk', equals: '2 GiB' } }),
    ];
    const fault = { key: 'unless', label: 'Control planes', value: '3', because };
    const refused = (answers: Record<string, unknown>) => checkForm(pair, answers, matches).faults;

    it.each<[Record<string, unknown>, string[]]>([
      [{ back: 'x' }, []],
      [{ planes: 3 }, []],
      [{ planes: 3, back: '' }, []],
      [{ planes: 3, back: null }, []],
      [{ planes: 3, back: 'x' }, ['back']],
      [{ planes: 3, back: 'x', more: false }, []],
      [{ planes: 3, disk: '1024 MiB' }, []],
      [{ planes: 3, disk: '2 GiB', own: 'x' }, ['disk', 'own']],
      [{ planes: 1, disk: '2 GiB', own: 'x' }, []],
    ])('%j', (answers, names) => expect(refused(answers)).toEqual(names.map((name) => ({ input: name, fault }))));

    it('beside what else is wrong with it, with the other’s name and the reason', () => {
      const said = refused({ planes: 3, back: '1' }).map((each) => sentence(each.fault));
      expect(said).toEqual(['It must match the pattern [a-z]+.', 'It can’t be used while "Control planes" is 3. They would part.']);
    });
  });

  it('ends where switches stand in a circle', () => {
    const circle = [
      input('a', { default: 'x', enabledBy: { input: 'b', equals: 'x' } }),
      input('b', { default: 'x', enabledBy: { input: 'a', equals: 'x' } }),
    ];
    expect(askedInputs(circle, {})).toHaveLength(2);
    expect(askedInputs(circle, { a: 'y' })).toHaveLength(0);
  });

  it('is not fooled by names of Object’s own', () => {
    const own = [input('toString', { required: true }), input('__proto__', { default: 'x' })];
    const { values, faults } = checkForm(own, {}, matches);
    expect(faults).toEqual([{ input: 'toString', fault: { key: 'required' } }]);
    expect(values.toString).toBeNull();
  });
});

describe('hostile text', () => {
  it.each<[string, unknown, string | null]>([
    ['a line end', 'a\nb', 'controls'],
    ['a zero', 'a\u0000', 'controls'],
    ['a colour', 'a\u001b[31m', 'controls'],
    ['a line separator', 'a\u2028b', 'controls'],
    ['half a character', '\ud800', 'noText'],
    ['a long line', 'x'.repeat(4097), 'tooLong'],
    ['the longest line', 'x'.repeat(4096), null],
    ['many elements', Array(1001).fill('a'), 'tooMany'],
    ['as many as may be', Array(1000).fill('a'), null],
    ['a list in a list', [['a']], 'nested'],
    ['nothing in a list', [null], 'nested'],
    ['a map with such a name', { 'a\n': 'b' }, 'controls'],
    ['a map with such a value', { a: 'b', c: 'd\n' }, 'controls'],
    ['numbers', [1, true], null],
    ['nothing', null, null],
  ])('%s', (_, value, key) => expect(hostileText(value, false)?.key ?? null).toBe(key));

  it.each<[string, string | null]>([
    ['a\nb\tc\r\n', null],
    ['a\u0000', 'controls'],
    ['x'.repeat(65_536), null],
    ['x'.repeat(65_537), 'tooLong'],
  ])('in text of several lines: case %#', (value, key) => {
    expect(hostileText(value, true)?.key ?? null).toBe(key);
    expect(hostileText([value], true)?.key ?? null).toBe(key);
  });
});

describe('widgets', () => {
  it.each<[FormInput['widget'], unknown, string | null]>([
    ['cidr', '192.0.2.0/24, 198.51.100.7/32', null],
    ['cidr', ['10.0.0.0/8', '0.0.0.0/0'], null],
    ['cidr', '300.0.0.0/8', '300.0.0.0/8'],
    ['cidr', '10.0.0.0/33', '10.0.0.0/33'],
    ['cidr', '10.0.0.0/8,', ''],
    ['cidr', '10.0.0.0', '10.0.0.0'],
    ['cidr', 'x10.0.0.0/8', 'x10.0.0.0/8'],
    ['cidr', '10.0.0.0/8x', '10.0.0.0/8x'],
    ['ports', ['80', ' 8080/tcp ', '9000-9010/udp', '65535'], null],
    ['ports', ['80', '0'], '0'],
    ['ports', ['65536'], '65536'],
    ['ports', ['90-80'], '90-80'],
    ['ports', ['80/icmp'], '80/icmp'],
    ['ports', ['a80'], 'a80'],
    ['ports', '0', null],
    ['text', '300.0.0.0/8', null],
  ])('%s %j', (widget, value, text) => {
    expect(widgetFault(widget, value)).toEqual(text === null ? null : { key: widget === 'cidr' ? 'cidr' : 'port', text });
  });

  it('read ports with their protocol', () => {
    expect(parsePorts('80')).toEqual({ from: 80, to: 80, protocol: 'tcp' });
    expect(parsePorts(' 9000-9010/udp ')).toEqual({ from: 9000, to: 9010, protocol: 'udp' });
    expect(parsePorts('1-65535/tcp')).toEqual({ from: 1, to: 65_535, protocol: 'tcp' });
    expect(parsePorts('x')).toBeUndefined();
  });
});
