import type { RecipeSummary } from '@/lib/catalog/types';

/**
 * Where a link of the Infrastructure Manager's dashboard leads here: `/configure?selected_tosca=slurm_cluster.yml&childs=docker_cluster.yaml&wn_num=4`
 * opens that template's form with its add-ons and answers. Pure.
 * @param known what the catalogue has
 * @returns a path of this site; the catalogue's, looked through for the name, where it has no such template
 */
export function deployAddress(link: URLSearchParams, known: readonly Pick<RecipeSummary, 'id' | 'extends'>[]): string {
  const wanted = link.get('selected_tosca') ?? '';
  const find = (name: string) => known.find(({ id }) => id === name);
  const found = find(wanted);
  if (!found) return wanted === '' ? '/recipes' : `/recipes?q=${encodeURIComponent(wanted.replace(/\.ya?ml$/, '').slice(0, 100))}`;
  const parent = found.extends.find((name) => find(name) !== undefined);
  const further = (link.get('childs') ?? '').split(',').filter((name) => find(name) !== undefined);
  const addOns = [...new Set(parent === undefined ? further : [found.id, ...further])];
  const answers = [...link].flatMap(([name, value]) => (ownNames.includes(name) ? [] : [[`inputs.${name}`, value]]));
  const query = new URLSearchParams([...(addOns.length > 0 ? [['addOns', addOns.join(',')]] : []), ...answers]).toString();
  return `/deploy/${encodeURIComponent(parent ?? found.id)}${query === '' ? '' : `?${query}`}`;
}

const ownNames = ['selected_tosca', 'childs'];
