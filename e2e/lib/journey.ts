import { expect } from '@playwright/test';
import type { NewDeploymentBody } from '@/lib/api/contract/deployments';
import type { SiteFactsView } from '@/lib/api/contract/sites';
import type { Api } from './api';
import { leftovers } from './lab';

interface Where {
  credential: string;
  project?: string;
}

/** The image that the journeys' machines boot. */
const labImage = process.env.TRANSAT_LAB_IMAGE ?? 'debian-12';

/** The lab's flavors, by name → id, and the id of the image that a journey's machines boot. */
export async function labChoices(api: Api, where: Where, image = labImage): Promise<{ flavor(name: string): string; image: string }> {
  const query = new URLSearchParams({
    refresh: 'true',
    credential: where.credential,
    ...(where.project ? { project: where.project } : {}),
  });
  let facts = await api.call<SiteFactsView>('GET', `/sites/lab/facts?${query}`);
  // a busy lab may not tell everything in the time that a site has for it
  for (let tries = 1; tries < 5 && (facts.images.length === 0 || facts.flavors.length === 0); tries++)
    facts = await api.call<SiteFactsView>('GET', `/sites/lab/facts?${query}`);
  const idOf = (list: { id: string; name: string }[], kind: string) => (name: string) => {
    const found = list.find((item) => item.name === name);
    if (!found) throw new Error(`the lab has no ${kind} ${name}, only ${list.map((item) => item.name).join(', ')}`);
    return found.id;
  };
  return { flavor: idOf(facts.flavors, 'flavor'), image: idOf(facts.images, 'image')(image) };
}

/**
 * Deploys on the lab, waits until ready, hands it to `use`, deletes it (also where `use` failed), and shows that nothing is left.
 * @param groups group name → flavor name
 * @param image where the recipe is not for that which the others boot
 */
export async function deployOnLab(
  api: Api,
  where: Where,
  body: Omit<NewDeploymentBody, 'placement'>,
  groups: Record<string, string>,
  seconds: number,
  use: (id: string) => Promise<void>,
  image?: string,
): Promise<void> {
  const choices = await labChoices(api, where, image);
  const placement = Object.fromEntries(
    Object.entries(groups).map(([group, flavor]) => [
      group,
      { site: 'lab', ...where, flavor: choices.flavor(flavor), image: choices.image },
    ]),
  );
  const plan = await api.plan({ recipe: body.recipe, addOns: body.addOns, inputs: body.inputs, placement });
  expect(plan.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  const { id } = await api.deploy({ ...body, placement });
  try {
    await api.until(id, ['ready'], seconds);
    await use(id);
  } finally {
    // its own end may have been there
    if ((await api.deployment(id)).state !== 'deleted') await api.delete(id);
    await api.until(id, ['deleted'], 300);
  }
  expect(await leftovers(id)).toEqual([]);
}
