import { expect, it } from 'vitest';
import type { MatchItem } from '@/lib/api/contract/sites';
import { grow } from './shown-ranking';
import { matchItem as item } from './testing/match-item';

const grownBy = (...rankings: [MatchItem[], boolean][]) =>
  rankings.reduce<ReturnType<typeof grow> | undefined>((shown, [items, settled]) => grow(shown, { items, settled }), undefined);

it('takes nothing before the quick sites have all told, then the first that fits', () => {
  expect(grownBy([[item('far')], false])).toMatchObject({ items: [{ site: 'far' }], best: undefined });
  expect(grownBy([[item('far')], false], [[item('full', { fits: false }), item('near'), item('far')], true])?.best?.site).toBe('near');
});

it('keeps what was taken when a slow site turns out to be nearer, with what is known of it now', () => {
  const shown = grownBy([[item('near')], true], [[item('nearest'), item('near', { score: 2 })], true]);
  expect(shown).toMatchObject({ items: [{ site: 'nearest' }, { site: 'near' }], best: { site: 'near', score: 2 } });
});

it('takes another when what was taken no longer fits', () => {
  expect(grownBy([[item('near')], true], [[item('far'), item('near', { fits: false })], true])?.best?.site).toBe('far');
  expect(grownBy([[item('near')], true], [[item('near', { project: { id: 'other', name: 'other' } })], true])?.best?.project?.id).toBe(
    'other',
  );
});

it('stays on the screen while the sites are asked anew', () => {
  const shown = grownBy([[item('near')], true]);
  expect(grow(shown, { items: [item('near', { pending: true, fits: false })], settled: false })).toBe(shown);
});
