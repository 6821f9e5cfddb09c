import type { ClusterView } from '@/lib/api/contract/clusters';
import type { NewPairBody } from '@/lib/api/contract/pairs';
import type { ServiceView } from '@/lib/api/contract/services';
import { demoDraft, demoServices, describedOf, draftOf, emptyService, type ServiceDraft } from '../services/service-draft';

/** What the form of a pair holds; all that is typed is text. */
export interface PairDraft {
  origin: string;
  worker: string;
  threshold: string;
  token: string;
  name: string;
  image: string;
  script: string;
  cpu: string;
  memory: string;
  gpu: boolean;
  vo: string;
  input: string;
  output: string;
  /** of the input: ends of names that count */
  suffix: string[];
  variables: Record<string, string>;
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
export function startOf(from: string, services: readonly ServiceView[]): Omit<PairDraft, 'origin' | 'worker' | 'threshold' | 'token'> {
  const demo = demoServices.find((each) => from === `demo:${each}`);
  const service = services.find(({ name }) => from === `copy:${name}`);
  return flat(demo ? demoDraft(demo) : service ? copied(draftOf(describedOf(service))) : emptyService);
}

function flat({ name, image, script, cpu, memory, gpu, vo, input, output, variables }: ServiceDraft) {
  const list = (text: string) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
  return {
    name,
    image,
    script,
    cpu,
    memory,
    gpu,
    vo,
    input: input[0]?.path ?? '',
    output: output[0]?.path ?? '',
    suffix: list(input[0]?.suffix ?? ''),
    variables: Object.fromEntries(variables.map((one) => [one.name, one.value])),
  };
}

/** A service of a new name, with buckets of that name: those of the other are taken. */
function copied(draft: ServiceDraft): ServiceDraft {
  const name = `${draft.name.slice(0, 34)}-pair`;
  const moved = (rows: ServiceDraft['input']) => rows.map((row) => ({ ...row, path: [name, ...row.path.split('/').slice(1)].join('/') }));
  return { ...draft, name, input: moved(draft.input), output: moved(draft.output) };
}

/** The body of POST /pairs. Pure. */
export function pairBody({ threshold, token, input, output, suffix, origin, worker, ...service }: PairDraft): NewPairBody {
  return {
    origin,
    worker,
    thresholdSeconds: Math.round(Number(threshold)),
    ...(token.trim() === '' ? {} : { refreshToken: token.trim() }),
    service: {
      ...service,
      input: input.trim() === '' ? [] : [{ path: input, suffix }],
      output: output.trim() === '' ? [] : [{ path: output }],
    },
  };
}
