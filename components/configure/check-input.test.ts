import { describe, expect, it } from 'vitest';
import { en } from '@/components/messages/en';
import { translator } from '@/components/messages/translate';
import type { FormInput } from '@/lib/catalog/types';
import { checkInput, isAsked } from './check-input';
import type { RawValue } from './raw-value';

const input = (over: Partial<FormInput>): FormInput => ({
  name: 'x',
  type: 'string',
  label: 'X',
  required: true,
  constraints: [],
  widget: 'text',
  secret: false,
  tab: 'General',
  ...over,
});
const complaint = (over: Partial<FormInput>, raw: RawValue) => checkInput(input(over), raw)?.(translator('en', en)) ?? null;

describe('an answer', () => {
  it('is wanted where it is required and nothing else stands in', () => {
    expect(complaint({}, ' ')).toMatch(/answer/i);
    expect(complaint({ required: false }, '')).toBeNull();
    expect(complaint({ default: 'debian' }, '')).toBeNull();
    expect(complaint({ generated: 'password' }, '')).toBeNull();
  });
  it.each<[string, Partial<FormInput>, RawValue, RegExp | null]>([
    ['a word for a number', { type: 'integer' }, 'two', /whole number/],
    ['a part for a whole', { type: 'integer' }, '1.5', /whole number/],
    ['a number', { type: 'float' }, '1.5', null],
    ['below the range', { type: 'integer', constraints: [{ in_range: [1, 16] }] }, '0', /1.*16/],
    ['in the range', { type: 'integer', constraints: [{ in_range: [1, 16] }] }, '16', null],
    ['a range without end', { type: 'integer', constraints: [{ in_range: [1, 'UNBOUNDED'] }] }, '900', null],
    ['a size without number', { type: 'scalar-unit.size' }, ' GiB', /size/],
    ['a size in another unit', { type: 'scalar-unit.size', constraints: [{ greater_or_equal: '10 GB' }] }, '10 GiB', null],
    ['a size too small', { type: 'scalar-unit.size', constraints: [{ greater_or_equal: '10 GB' }] }, '9000 MB', /10 GB/],
    ['none of the choices', { constraints: [{ valid_values: ['a', 'b'] }] }, 'c', /a, b/],
    ['too short', { constraints: [{ min_length: 8 }] }, 'short', /8/],
    ['a pattern in its middle only', { constraints: [{ pattern: '[a-z]+' }] }, '1abc1', /\[a-z\]\+/],
    ['a pattern', { constraints: [{ pattern: '[a-z]+' }] }, 'abc', null],
    ['a pattern of another engine', { constraints: [{ pattern: '(?P<x>a)' }] }, 'a', null],
    ['no network', { widget: 'cidr' }, '10.0.0.300/8', /10\.0\.0\.0\/24/],
    ['a network', { widget: 'cidr' }, '10.0.0.0/8', null],
    ['several networks', { widget: 'cidr' }, '10.0.0.0/8, 192.0.2.0/24', null],
    ['ports', { type: 'list', widget: 'ports' }, ['80', '443/tcp', '9000-9010/udp'], null],
    ['ports the wrong way round', { type: 'list', widget: 'ports' }, ['90-80'], /port/],
    ['too few entries', { type: 'list', constraints: [{ min_length: 2 }] }, ['one', ''], /2/],
    ['equal to the limit', { type: 'integer', constraints: [{ greater_than: 3 }] }, '3', /3/],
  ])('%s', (_, over, raw, expected) => {
    const said = complaint(over, raw);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });
});

it('asks a question only while the one it hangs on has that answer', () => {
  const question = input({ enabledBy: { input: 'shared_home', equals: true } });
  expect(isAsked(question, () => true)).toBe(true);
  expect(isAsked(question, () => false)).toBe(false);
  expect(isAsked(input({}), () => undefined)).toBe(true);
});
