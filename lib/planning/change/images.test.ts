import { describe, expect, test } from 'vitest';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Plan, PlanRequest } from '../types';
import { differenceOf } from './difference';
import { effectsOf } from './effect';
import { asStood, changedImages, imagesBefore, withImages } from './images';

const slurm = builtIn.recipe('slurm');
const input = planningInput(slurm, { worker_count: 2 });
const stands = planDeployment(input);
const booting = (group: string, imageId: string): Plan => ({
  ...stands,
  resources: stands.resources.map((each) =>
    each.group === group && each.spec.kind === 'server' ? { ...each, spec: { ...each.spec, imageId } } : each,
  ),
});
const imageOf = (group: string) => {
  const spec = stands.resources.find((each) => each.group === group && each.kind === 'server')?.spec;
  return spec?.kind === 'server' ? spec.imageId : '';
};
const asking = (group: string, image: string): PlanRequest => ({
  ...input.request,
  placement: withImages(input.request.placement, { [group]: { image } }),
});

test('another image takes with it what was said of the one before', () => {
  const placement = { a: { site: 's', flavor: 'f', image: 'old', trustedImage: 'old' }, b: { site: 's' } };
  expect(withImages(placement, { a: { image: 'new' } })).toEqual({ a: { site: 's', flavor: 'f', image: 'new' }, b: { site: 's' } });
  expect(withImages(placement)).toEqual(placement);
});

test('which groups boot another image, and from which version they had which', () => {
  expect(changedImages(stands, stands)).toEqual([]);
  const changed = changedImages(stands, booting('workers', 'new'));
  expect(changed).toEqual([{ group: 'workers', from: imageOf('workers'), to: 'new' }]);
  const later = [{ group: 'workers', from: 'new', to: 'newer' }];
  expect(imagesBefore([changed, later])).toEqual({ workers: { image: imageOf('workers'), trustedImage: imageOf('workers') } });
  expect(imagesBefore([later])).toEqual({ workers: { image: 'new', trustedImage: 'new' } });
  expect(imagesBefore([[], []])).toEqual({});
});

describe('what a deployment is planned with as it stood', () => {
  const key = 'europe/research';
  const wanted = input.facts[key]?.images[0]?.id ?? '';
  const is = asking('workers', wanted);

  test('is the image that its machines have, of the groups that get another', () => {
    const { facts, placement } = asStood(
      input.facts,
      { plan: booting('workers', imageOf('controller')), was: input.request, is },
      is.placement,
    );
    expect(placement.workers).toMatchObject({ image: imageOf('controller'), trustedImage: imageOf('controller') });
    expect(placement.controller).toEqual(is.placement.controller);
    expect(facts).toEqual(input.facts);
  });

  test('is that image also where the site has it no more', () => {
    const { facts, placement } = asStood(input.facts, { plan: booting('workers', 'gone'), was: input.request, is }, is.placement);
    expect(placement.workers?.image).toBe('gone');
    expect(facts[key]?.images.at(-1)).toMatchObject({ id: 'gone', name: 'gone', distro: input.facts[key]?.images[0]?.distro });
    expect(input.facts[key]?.images.some(({ id }) => id === 'gone')).toBe(false);
  });

  test('is as it was asked for where no image is another, or its site is not known', () => {
    const same = { plan: stands, was: input.request, is: input.request };
    expect(asStood(input.facts, same, input.request.placement)).toEqual({ facts: input.facts, placement: input.request.placement });
    expect(asStood({}, { plan: stands, was: input.request, is }, is.placement).facts).toEqual({});
  });
});

test.each([
  ['workers, whose recipe says that nothing of theirs matters', 'workers', 'recreate'],
  ['the controller, of which it says nothing', 'controller', 'data-lost'],
])('another image makes machines anew: %s', (_, group, effect) => {
  const difference = differenceOf(stands, booting(group, 'new'));
  const [first] = effectsOf(slurm, difference, [input.request, input.request], stands);
  expect(first).toMatchObject({ effect, because: group, what: 'image' });
});
