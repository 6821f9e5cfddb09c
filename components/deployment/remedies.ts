import { linkLike } from '@/components/shared/link-like';
import type { InnerProblem } from '@/lib/api/contract/common';
import type { DeploymentView } from '@/lib/api/contract/deployments';

type Place = 'addCredential' | 'site' | 'fewer' | 'flavor' | 'image' | 'network' | 'lease' | 'elsewhere';
type Kind = 'swap' | Place;

/** A button that mends a failure: it opens the choice of another credential, or leads to where it can be mended. */
export type Remedy = { kind: 'swap' } | { kind: Place; href: string };

const ofCredential: Kind[] = ['swap', 'addCredential'];
/** What mends what, the likeliest first. What a retry mends needs no word: it stands at the head of the page. */
const mends: Record<string, Kind[]> = {
  'session-expired': ofCredential,
  'credential-expired': ofCredential,
  'credential-invalid': ofCredential,
  'credential-missing': ofCredential,
  'vo-not-mapped': ['site', 'swap'],
  'project-not-yours': ['swap', 'site'],
  'quota-exceeded': ['fewer', 'flavor', 'elsewhere'],
  'no-host-available': ['flavor', 'elsewhere'],
  'resize-refused': ['fewer', 'elsewhere'],
  'server-error-state': ['flavor', 'elsewhere'],
  'flavor-not-found': ['flavor'],
  'image-not-found': ['image'],
  'network-not-found': ['network'],
  'network-unreachable': ['network', 'elsewhere'],
  'addresses-exhausted': ['network', 'elsewhere'],
  'zone-mismatch': ['flavor', 'elsewhere'],
  'zone-not-found': ['flavor', 'elsewhere'],
  'node-disk-full': ['flavor', 'elsewhere'],
  'node-out-of-memory': ['flavor', 'elsewhere'],
  'node-name-unresolved': ['network', 'elsewhere'],
  'node-mirror-unreachable': ['network', 'elsewhere'],
  'node-cloud-init-failed': ['image', 'elsewhere'],
  'node-packages-locked': [],
};

type Told = Pick<DeploymentView, 'id' | 'recipe' | 'addOns' | 'state' | 'actions' | 'leases'>;

/**
 * What a person can do about a failure by a press, the likeliest to help first.
 * @param site where it happened; null if it is not known
 */
export function remediesOf({ code, upstream }: Pick<InnerProblem, 'code' | 'upstream'>, site: string | null, view: Told): Remedy[] {
  const [lease] = upstream?.service === 'reservation' ? view.leases : [];
  const kinds: Kind[] = [...(lease ? (['lease'] as const) : []), ...(mends[code] ?? ['elsewhere'])];
  // what stands is changed, or waits for its failure's end; another one like it is for what came to nothing
  const cameToNothing = view.state === 'failed' || view.state === 'deleted';
  const place = encodeURIComponent(site ?? '');
  const like = (elsewhere: boolean, step: string): string | null => (cameToNothing ? `${linkLike(view, elsewhere)}${step}` : null);
  const change = view.actions.change?.allowed ? `/deployments/${encodeURIComponent(view.id)}/change` : null;
  const links: Record<Place, string | null> = {
    addCredential: site && `/settings/credentials?site=${place}`,
    site: site && `/sites/${place}`,
    fewer: change ?? like(false, ''),
    flavor: like(false, '&step=placement'),
    image: like(false, '&step=placement'),
    network: like(false, '&step=placement'),
    elsewhere: like(true, ''),
    lease: lease ? `/leases/${encodeURIComponent(lease.id)}` : null,
  };
  return kinds.flatMap((kind): Remedy[] => {
    if (kind === 'swap') return [{ kind }];
    const href = links[kind];
    return href ? [{ kind, href }] : [];
  });
}
