import type { DeploymentView } from '@/lib/api/contract/deployments';

/** The form's address for a deployment like another one, at the same places or elsewhere. Pure. */
export function linkLike({ id, recipe, addOns }: Pick<DeploymentView, 'id' | 'recipe' | 'addOns'>, elsewhere: boolean): string {
  const query = new URLSearchParams({
    from: id,
    ...(elsewhere && { elsewhere: '1' }),
    ...(addOns.length > 0 && { addOns: addOns.join(',') }),
  });
  return `/deploy/${encodeURIComponent(recipe)}?${query}`;
}
