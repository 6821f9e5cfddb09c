import { isDeepStrictEqual } from 'node:util';
import type { SiteFacts } from '@/lib/sites/types';
import { placeKey } from '../draft';
import type { Placement, Plan, PlanRequest } from '../types';

/** An image as a placement names it. */
export type ImageWish = Pick<Placement, 'image' | 'trustedImage' | 'imageIs'>;

/** The machines of a group boot another image than before; both by their ids. */
export interface ChangedImage {
  group: string;
  from: string;
  to: string;
}

/** Where groups go, with other images for some of them: what was said of the image before holds for no other. Pure. */
export function withImages(placement: PlanRequest['placement'], images: Record<string, ImageWish> = {}): PlanRequest['placement'] {
  const entries = Object.entries(placement).map(([name, place]): [string, Placement] => {
    const wish = images[name];
    if (!wish) return [name, place];
    const { image: _image, trustedImage: _trusted, imageIs: _said, ...rest } = place;
    return [name, { ...rest, ...wish }];
  });
  return Object.fromEntries(entries);
}

/** Groups whose machines are to boot another image, of those that stay. Pure. */
export function changedImages(stands: Plan, plan: Plan): ChangedImage[] {
  const groups = [...new Set(stands.nodes.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const is = new Map(imagesOf(plan, group));
    const [changed] = imagesOf(stands, group).flatMap(([key, from]) => {
      const to = is.get(key);
      return to === undefined || to === from ? [] : [{ group, from, to }];
    });
    return changed ? [changed] : [];
  });
}

/** The images that groups had before some changes, the earliest first: ids by group. Pure. */
export function imagesBefore(changes: readonly (readonly ChangedImage[])[]): Record<string, ImageWish> {
  const first = changes.flat().toReversed();
  return Object.fromEntries(first.map(({ group, from }) => [group, { image: from, trustedImage: from }]));
}

/**
 * Where groups go, those that are to have another image with the one that they have. A site that has it no more is taken as if it had: what stands does
 * not need it. Pure.
 * @param placement where they go, as it is to be
 */
export function asStood(
  facts: Record<string, SiteFacts>,
  { plan, was, is }: { plan: Plan; was: PlanRequest; is: PlanRequest },
  placement: PlanRequest['placement'],
): { facts: Record<string, SiteFacts>; placement: PlanRequest['placement'] } {
  const all = { facts: { ...facts }, placement: { ...placement } };
  for (const [group, place] of Object.entries(placement)) {
    const before = was.placement[group];
    if (!before || isDeepStrictEqual(wishOf(before), wishOf(is.placement[group]))) continue;
    const image = imagesOf(plan, group)[0]?.[1] ?? before.image;
    all.placement[group] = { ...place, image, trustedImage: image, imageIs: before.imageIs };
    const key = placeKey(place.site, place.project ?? '');
    const there = all.facts[key];
    const like = there?.images.find((each) => isNamed(each, place.image));
    if (there && like && image !== undefined && !there.images.some((each) => isNamed(each, image)))
      all.facts[key] = { ...there, images: [...there.images, { ...like, id: image, name: image }] };
  }
  return all;
}

const isNamed = ({ id, name }: SiteFacts['images'][number], wanted: string | undefined) => id === wanted || name === wanted;
const wishOf = ({ image, trustedImage, imageIs }: ImageWish = {}) => ({ image, trustedImage, imageIs });

/** Of a group's servers: key and image. */
const imagesOf = ({ resources }: Plan, group: string) =>
  resources.flatMap((each): [string, string][] =>
    each.group === group && each.spec.kind === 'server' ? [[each.key, each.spec.imageId]] : [],
  );
