import { describe, expect, it } from 'vitest';
import type { FormInput, RecipeDetail } from '@/lib/catalog/types';
import { matches } from '@/lib/inputs/pattern';
import { emptyDraft } from '../draft';
import { complaints, inputValues, rawIn } from '../request';
import { closeRanges, letsEverybodyIn } from './ranges';

const cidr = (name: string, value: string): FormInput => ({
  name,
  type: 'string',
  label: name,
  default: value,
  required: false,
  constraints: [],
  widget: 'cidr',
  secret: false,
  tab: 'Access',
});
const recipe: RecipeDetail = {
  id: 'r',
  name: 'R',
  version: '1',
  summary: '',
  tags: [],
  kind: 'recipe',
  extends: [],
  icon: '',
  description: '',
  readme: '',
  readmeLanguage: 'en',
  tabs: ['Access'],
  inputs: [cidr('ssh', '0.0.0.0/0'), cidr('pods', '10.244.0.0/16')],
  groups: [],
  sets: [],
  outputs: [],
  downloads: [],
  notes: [],
};
const answered = (ssh: string) => ({ ...emptyDraft, inputs: { ssh } });

describe('a recipe that would let everybody in', () => {
  it('proposes the person’s own address, and asks for that and nothing else', () => {
    const closed = closeRanges(recipe, '192.0.2.7/32');
    expect(closed.inputs.map((input) => rawIn(emptyDraft, input))).toEqual(['192.0.2.7/32', '10.244.0.0/16']);
    expect(inputValues(closed, emptyDraft)).toEqual({ ssh: '192.0.2.7/32' });
    expect(complaints(closed, emptyDraft, matches).size).toBe(0);
  });

  it('makes the person choose where the address is not known', () => {
    const closed = closeRanges(recipe, null);
    expect([...complaints(closed, emptyDraft, matches).keys()]).toEqual(['ssh']);
    expect(inputValues(closed, answered('0.0.0.0/0'))).toEqual({ ssh: '0.0.0.0/0' });
    expect(complaints(closed, answered('0.0.0.0/0'), matches).size).toBe(0);
  });

  it('never takes an emptied field for everybody', () => {
    const closed = closeRanges(recipe, '192.0.2.7/32');
    expect([...complaints(closed, answered(''), matches).keys()]).toEqual(['ssh']);
    expect([...complaints(closed, answered('somewhere'), matches).keys()]).toEqual(['ssh']);
  });
});

it.each([
  ['0.0.0.0/0', true],
  ['10.0.0.0/8, 0.0.0.0/0', true],
  ['8.8.8.8/0', true],
  ['0.0.0.0/1,128.0.0.0/1', true],
  ['128.0.0.0/2, 192.0.0.0/3, 0.0.0.0/1', true],
  ['0.0.0.0/1, 192.0.0.0/3', false],
  ['128.0.0.0/1', false],
  ['10.0.0.0/8', false],
  ['192.0.2.0/20', false],
  ['', false],
])('%j lets everybody in: %j', (text, open) => {
  expect(letsEverybodyIn(text)).toBe(open);
});
