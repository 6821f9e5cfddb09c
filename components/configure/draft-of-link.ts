import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { FormInput, RecipeDetail } from '@/lib/catalog/types';
import { type RawValue, rawOf } from './answers/raw-value';
import type { Draft, WaysChoice } from './draft';

const yes = ['true', '1', 'yes', 'on'];
const no = ['false', '0', 'no', 'off'];
/** What the form itself keeps in its address: an input of such a name is given as `inputs.<name>`. */
const ownNames = ['step', 'tab', 'check', 'addOns', 'lease', 'from', 'elsewhere', 'site'];

/**
 * The answers that a link brings: `?worker_count=5`, or `?inputs.worker_count=5`; a list's entries one by one. Secrets are not taken from links, which
 * rest in histories and logs; nor who may come in, which the person alone says. Pure.
 * @returns the names of the parameters that were read, and the answers by input
 */
export function answersOfLink(inputs: readonly FormInput[], link: URLSearchParams): { read: string[]; answers: Record<string, RawValue> } {
  const read: string[] = [];
  const answers: Record<string, RawValue> = {};
  for (const input of inputs) {
    const names = [`inputs.${input.name}`, ...(ownNames.includes(input.name) ? [] : [input.name])];
    const name = names.find((each) => link.has(each));
    if (name === undefined) continue;
    read.push(name);
    const raw = isSecret(input) || input.widget === 'cidr' ? undefined : rawOfTexts(input, link.getAll(name));
    if (raw !== undefined) answers[input.name] = raw;
  }
  return { read, answers };
}

const isSecret = ({ secret, widget }: FormInput): boolean => secret || widget === 'password';

function rawOfTexts({ type }: FormInput, texts: string[]): RawValue | undefined {
  const text = texts.at(-1) ?? '';
  if (type === 'list' || type === 'map') return texts;
  if (type !== 'boolean') return text;
  const word = text.toLowerCase();
  return yes.includes(word) || (no.includes(word) ? false : undefined);
}

/**
 * The draft of a deployment like another one: its answers but for secrets, and, unless it is to stand elsewhere, its sites and machines. A lease is not taken
 * along: it belongs to what stands on it. Pure.
 */
export function draftLike(
  recipe: RecipeDetail,
  { addOns, inputs, placement }: Pick<DeploymentView, 'addOns' | 'inputs' | 'placement'>,
  elsewhere: boolean,
): Draft {
  const answered = recipe.inputs.filter((input) => !isSecret(input) && inputs[input.name] !== undefined);
  const sites: Draft['sites'] = {};
  const machines: Draft['machines'] = {};
  const ways: Draft['ways'] = {};
  for (const { name, placementSet } of elsewhere ? [] : recipe.groups) {
    const place = placement[name];
    if (!place) continue;
    const { site, project = null, credential = null, flavor, image, trustedImage, imageIs, lease, newLease } = place;
    sites[placementSet] = { site, project, credential };
    // hosts of a lease have no flavor that would be there without it
    const onLease = lease !== undefined || newLease !== undefined;
    ways[placementSet] = waysOf(place);
    machines[name] = {
      ...(flavor !== undefined && !onLease && { flavor }),
      ...(image !== undefined && { image }),
      ...(trustedImage !== undefined && { trustedImage }),
      ...(imageIs !== undefined && { imageIs: { architecture: '', ...imageIs } }),
    };
  }
  const answers = Object.fromEntries(answered.map((input) => [input.name, rawOf(input, inputs[input.name])]));
  return { addOns, inputs: answers, sites, machines, ways, name: '' };
}

/**
 * The draft with a site that a link names as the place to deploy at. Of several parts the first goes there, and the others find their own. Machines and networks of
 * another site are let go of. Pure.
 */
export function draftAt(draft: Draft, recipe: Pick<RecipeDetail, 'groups' | 'sets'>, site: string): Draft {
  const set = recipe.sets.find(({ name }) => recipe.groups.some(({ placementSet }) => placementSet === name))?.name;
  if (set === undefined || draft.sites[set]?.site === site) return draft;
  const moved = recipe.groups.filter(({ placementSet }) => placementSet === set).map(({ name }) => name);
  return {
    ...draft,
    sites: { ...draft.sites, [set]: { site, project: null, credential: null } },
    machines: Object.fromEntries(Object.entries(draft.machines).filter(([group]) => !moved.includes(group))),
    ways: Object.fromEntries(Object.entries(draft.ways).filter(([name]) => name !== set)),
  };
}

function waysOf({ network, pool, router, nameServers, configDrive, volumeType }: DeploymentView['placement'][string]): WaysChoice {
  const all = { network, pool, router, nameServers: nameServers?.join(', '), configDrive, volumeType };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
