import { expect, test } from 'vitest';
import { blockedBy, type ChangeState } from './blocked';

const fine: ChangeState = { waiting: false, failed: false, preview: { nothing: false, problems: [] }, wordless: false };
const problem = (severity: 'error' | 'warning') => ({ nothing: false, problems: [{ severity }] });

test.each<[string, Partial<ChangeState>, string | undefined]>([
  ['may be asked for', {}, undefined],
  ['that is only warned of may be asked for', { preview: problem('warning') }, undefined],
  ['of nothing', { untouched: true, waiting: true, preview: undefined }, 'nothing'],
  ['that comes to nothing', { preview: { nothing: true, problems: [] } }, 'nothing'],
  ['of what stands otherwise by now', { moved: true, untouched: true }, 'moved'],
  ['that is being worked out', { waiting: true }, 'waiting'],
  ['that has not been worked out', { preview: undefined }, 'waiting'],
  ['that was refused', { failed: true, preview: undefined }, 'refused'],
  ['with a problem', { preview: problem('error'), wordless: true }, 'refused'],
  ['that wants a word', { wordless: true }, 'word'],
])('a change %s', (_, state, why) => {
  expect(blockedBy({ ...fine, ...state })).toBe(why && `change.blocked.${why}`);
});
