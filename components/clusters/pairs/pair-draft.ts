import type { ClusterView } from '@/lib/api/contract/clusters';
import type { NewPairBody } from '@/lib/api/contract/pairs';
import type { ServiceView } from '@/lib/api/contract/services';
import {
  bodyOf,
  demoDraft,
  demoServices,
  describedOf,
  draftOf,
  emptyPath,
  emptyService,
  type ServiceDraft,
} from '../services/service-draft';

/** What the form of a pair holds: a service, and where it is to be; all that is typed is text. */
export interface PairDraft extends ServiceDraft {
  origin: string;
  worker: string;
  threshold: string;
  token: string;
  /** Transat keeps it, too */
  keepToken: boolean;
  /** the service is the origin's own, as it stands */
  inPlace: boolean;
}

type Sides = Pick<PairDraft, 'origin' | 'worker'>;

/**
 * Which of two clusters hands on, where nobody has said: Europe to America, unless only the other way can be without a token of the person's. Pure.
 */
export function firstSides(clusters: readonly Pick<ClusterView, 'id' | 'region' | 'dialect' | 'auth'>[]): Sides {
  const europe = clusters.find(({ region }) => region === 'eu') ?? clusters[0];
  const other = clusters.find(({ id, region }) => id !== europe?.id && region !== europe?.region);
  const second = other ?? clusters.find(({ id }) => id !== europe?.id);
  const turned = europe?.dialect === '4.1' && second?.dialect !== '4.1' && europe.auth.kind === 'basic';
  const [origin, worker] = turned ? [second, europe] : [europe, second];
  return { origin: origin?.id ?? '', worker: worker?.id ?? '' };
}

/** What a pair begins with: nothing, a demo program, or a copy of a service. Pure. */
export function startOf(from: string, services: readonly ServiceView[]): ServiceDraft & Pick<PairDraft, 'inPlace'> {
  const standing = services.find(({ name }) => from === `place:${name}`);
  if (standing) return { ...draftOf(describedOf(standing)), inPlace: true };
  const demo = demoServices.find((each) => from === `demo:${each}`);
  const service = services.find(({ name }) => from === `copy:${name}`);
  return { ...(demo ? demoDraft(demo) : service ? copied(draftOf(describedOf(service))) : emptyService), inPlace: false };
}

/** A service of a new name, with buckets of that name: those of the other are taken. What another cluster lent it stays with it. */
function copied(draft: ServiceDraft): ServiceDraft {
  const name = `${draft.name.slice(0, 34)}-pair`;
  const moved = (rows: ServiceDraft['input']) => {
    const own = rows
      .filter(({ provider }) => !/^minio\.(?!default$)/.test(provider))
      .map((row) => (row.provider.startsWith('minio') ? { ...row, path: [name, ...row.path.split('/').slice(1)].join('/') } : row));
    return own.length > 0 ? own : [emptyPath];
  };
  return { ...draft, name, input: moved(draft.input), output: moved(draft.output) };
}

/** The body of POST /pairs. Pure. */
export function pairBody({ threshold, token, keepToken, origin, worker, inPlace, ...draft }: PairDraft): NewPairBody {
  const { name, image, script, cpu, memory, gpu, vo, input, output, variables } = bodyOf(draft);
  return {
    origin,
    worker,
    // what is no number is refused at its field
    thresholdSeconds: /^\d{1,5}$/.test(threshold.trim()) ? Number(threshold) : 0,
    ...(inPlace ? { inPlace } : {}),
    ...(token.trim() === '' ? {} : { refreshToken: token.trim(), keepToken }),
    service: { name, image, script, cpu, memory, gpu, vo, input, output, variables },
  };
}
