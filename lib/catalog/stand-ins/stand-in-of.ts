import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { RecipeSource } from '../source';
import type { StandIn } from './match';

/** A recipe as a stand-in for what its `stands-for.yaml` names; none where it has no such file. */
export function standInOf({ id, root, own, downloads, standsFor }: RecipeSource): StandIn[] {
  if (!standsFor) return [];
  const metadata = new Cursor(own, '', new Diagnostics()).get('metadata');
  return [
    {
      id,
      name: metadata?.get('display_name')?.text() ?? id,
      images: metadata?.get('images')?.text() ?? '',
      root,
      downloads,
      about: standsFor,
    },
  ];
}
