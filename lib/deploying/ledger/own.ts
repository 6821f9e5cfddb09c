import type { Own } from '../kinds/cluster-made';
import { type Ledger, type Place, placeKey, type Resource } from './ledger';

/** Places where something of a deployment stands that a cluster may have made something at. Pure. */
export function placesOf({ resources }: Ledger): Place[] {
  const standing = resources.filter((resource) => bears(resource) && resource.cloud_id !== null && resource.phase !== 'gone');
  const places = standing.map(({ site, project, credential }): Place => ({ site, project, credential }));
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}

const bears = ({ kind }: Resource) => kind === 'server' || kind === 'subnet' || kind === 'network';

/** What of a deployment stands, by the ids that its sites gave it. Pure. */
export function ownOf({ deployment, resources }: Ledger): Own {
  const of = (kind: Resource['kind']) =>
    new Map(
      resources.flatMap((it) => (it.kind === kind && it.cloud_id !== null && it.phase !== 'gone' ? [[it.cloud_id, it.key] as const] : [])),
    );
  const ids = new Set(resources.flatMap(({ cloud_id }) => cloud_id ?? []));
  return { deployment: deployment.id, servers: of('server'), subnets: of('subnet'), networks: of('network'), ids };
}
