import { describe, expect, test } from 'vitest';
import type { FormInput } from '@/lib/inputs/types';
import { closeRanges } from './ranges';

const input = (over: Partial<FormInput>): FormInput => ({
  name: 'who',
  type: 'string',
  widget: 'cidr',
  label: 'Who may log in',
  required: false,
  secret: false,
  tab: 'Access',
  constraints: [],
  default: '0.0.0.0/0',
  ...over,
});
const own = '192.0.2.7/32';
const kinds = (problems: { severity: string; field?: string }[]) => problems.map(({ severity, field }) => `${severity} ${field}`);

describe('who has not said who may come in', () => {
  test.each([undefined, null, '', ' , ', []])('(%j) lets in themselves alone', (who) => {
    expect(closeRanges([input({})], { who }, own)).toEqual({ answers: { who: own }, problems: [] });
  });

  test('is asked, where their own address is not known', () => {
    const { answers, problems } = closeRanges([input({})], {}, null);
    expect(answers).toEqual({});
    expect(kinds(problems)).toEqual(['error inputs.who']);
  });

  test.each(['0.0.0.0/0', '10.0.0.0/8, 0.0.0.0/0', '0.0.0.0/00'])('is not let to everybody by the default %s', (open) => {
    expect(kinds(closeRanges([input({ default: open })], {}, null).problems)).toEqual(['error inputs.who']);
  });
});

describe('nothing is asked', () => {
  test.each<[string, FormInput[], Record<string, unknown>]>([
    ['where a recipe lets nobody in', [input({ default: '10.244.0.0/16' })], {}],
    ['of a range that is named', [input({})], { who: '198.51.100.0/24' }],
    ['of what is no range', [input({ widget: 'text' })], {}],
    [
      'of a question that is switched off',
      [input({ name: 'web', type: 'boolean', widget: 'toggle', default: false }), input({ enabledBy: { input: 'web', equals: true } })],
      {},
    ],
  ])('%s', (_, inputs, answers) => {
    expect(closeRanges(inputs, answers, null)).toEqual({ answers, problems: [] });
  });
});

test.each(['0.0.0.0/0', '192.0.2.0/24,0.0.0.0/0', ['0.0.0.0/0'], ' 0.0.0.0/0 '])('who lets everybody in (%j) is warned, and let', (who) => {
  const { answers, problems } = closeRanges([input({})], { who }, own);
  expect(answers).toEqual({ who });
  expect(kinds(problems)).toEqual(['warning inputs.who']);
});
