import { describe, expect, it } from 'vitest';
import { checkInputs } from './check-inputs';
import type { FormInput } from './types';

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

const form = {
  inputs: [
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
  ],
};

const wrong = (values: Record<string, unknown>) => {
  const check = checkInputs(form, { name: 'ok', ...values });
  return check.ok ? [] : check.fields.map(({ path, message }) => `${path}: ${message}`);
};

describe('checkInputs', () => {
  it('fills in defaults and writes sizes in one way', () => {
    expect(checkInputs(form, { name: 'ok', size: '512mib' })).toEqual({
      ok: true,
      values: {
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
      },
    });
  });

  it('names each wrong field', () => {
    expect(wrong({ count: 5 })).toEqual(['inputs.count: It must be between 1 and 4.']);
    expect(wrong({ count: '2' })).toEqual(['inputs.count: It must be a whole number.']);
    expect(wrong({ size: '2 TiB' })).toEqual(['inputs.size: It must be 1 TiB or less.']);
    expect(wrong({ name: '' })).toEqual(['inputs.name: It must be filled in.']);
    expect(wrong({ name: 'x; rm -rf /' })).toEqual(['inputs.name: It must match the pattern [a-z]+.']);
    expect(wrong({ colour: 'red' })).toEqual(['inputs.colour: The recipe has no such input.']);
    expect(wrong({ password: 'short' })).toEqual(['inputs.password: It must have at least 8 characters; it has 5.']);
    expect(wrong({ note: 'ab' })).toHaveLength(1);
    expect(wrong({ note: '' })).toEqual([]);
  });

  it('asks for what is switched on only', () => {
    expect(wrong({ more: true })).toEqual(['inputs.detail: It must be filled in.']);
    expect(wrong({ more: false, detail: '\u0000' })).toEqual([]);
    const check = checkInputs(form, { name: 'ok', more: false, detail: 'left over' });
    expect(check.ok && check.values.detail).toBeNull();
  });

  it('does not mind what is missing while the form is filled in', () => {
    expect(checkInputs(form, {}, { partial: true }).ok).toBe(true);
    expect(checkInputs(form, { count: 9 }, { partial: true }).ok).toBe(false);
  });

  it.each(['a\nb', 'a\u0000', 'a\u001b[31m', 'a\u2028b', `a${'x'.repeat(5000)}`, '\ud800'])('refuses hostile text %j', (text) => {
    expect(wrong({ note: text })).toHaveLength(1);
  });

  it('allows line ends where text has several lines', () => {
    expect(wrong({ text: 'a\nb\tc\r\n' })).toEqual([]);
    expect(wrong({ text: 'a\u0000' })).toHaveLength(1);
  });

  it('checks ranges of addresses and ports', () => {
    expect(wrong({ range: '192.0.2.0/24, 198.51.100.7/32' })).toEqual([]);
    expect(wrong({ range: '300.0.0.0/8' })[0]).toMatch(/"300.0.0.0\/8" is no range/);
    expect(wrong({ ports: ['80', '8080/tcp', '9000-9010/udp'] })).toEqual([]);
    expect(wrong({ ports: ['0'] })[0]).toMatch(/"0" is no port/);
    expect(wrong({ ports: ['90000'] })).toHaveLength(1);
    expect(wrong({ ports: [{ a: 1 }] })[0]).toMatch(/simple values/);
  });

  it('is not fooled by names of Object’s own', () => {
    expect(wrong(JSON.parse('{"__proto__": {"count": 9}}'))).toEqual(['inputs.__proto__: The recipe has no such input.']);
    expect(wrong({ toString: 'x' })).toEqual(['inputs.toString: The recipe has no such input.']);
  });
});
