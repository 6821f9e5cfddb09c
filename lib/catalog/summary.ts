import { effects } from '@/lib/inputs/types';
import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { AddOnEffects } from './recipe';
import { type RecipeSource, splitList } from './source';
import type { RecipeSummary } from './types';

/** The line of the catalogue for a recipe or add-on. */
export function summaryOf(source: RecipeSource): RecipeSummary {
  const metadata = new Cursor(source.own, '', new Diagnostics()).get('metadata');
  const text = (key: string) => metadata?.get(key)?.text();
  return {
    id: source.id,
    name: text('display_name') ?? text('template_name') ?? source.id,
    version: text('template_version') ?? '0',
    summary: text('summary') ?? (source.tolerant ? descriptionOf(source) : ''),
    tags: splitList(text('tags') ?? text('tag')),
    kind: source.extends.length > 0 ? 'add-on' : 'recipe',
    extends: source.extends,
    icon: text('icon') ?? source.id,
  };
}

/** What an add-on does to what stands; what it does not say is the worst that it may be. */
export function addOnEffects({ own }: RecipeSource): AddOnEffects {
  const metadata = new Cursor(own, '', new Diagnostics()).get('metadata');
  const said = (key: string) => effects.find((known) => known === metadata?.get(key)?.text()) ?? 'data-lost';
  return { coming: said('coming'), going: said('going') };
}

/** The paragraph that says what a recipe is. */
export function descriptionOf(source: RecipeSource): string {
  const cursor = new Cursor(source.own, '', new Diagnostics());
  return (cursor.get('description') ?? cursor.get('topology_template')?.get('description'))?.text()?.trim() ?? '';
}
