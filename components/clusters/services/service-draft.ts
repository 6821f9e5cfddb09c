import type { GivenServiceBody, ServiceView } from '@/lib/api/contract/services';

interface PathDraft {
  provider: string;
  path: string;
  /** ends of names, separated by commas */
  suffix: string;
  prefix: string[];
}
interface PairDraft {
  name: string;
  value: string;
}

/** What the form of a service holds; all that is typed is text. */
export interface ServiceDraft {
  name: string;
  image: string;
  script: string;
  cpu: string;
  memory: string;
  gpu: boolean;
  logLevel: GivenServiceBody['logLevel'];
  vo: string;
  visibility: GivenServiceBody['visibility'];
  allowedUsers: string;
  input: PathDraft[];
  output: PathDraft[];
  variables: PairDraft[];
  secrets: PairDraft[];
  interLinkNode: string;
  /** all empty: none */
  volume: NonNullable<GivenServiceBody['volume']>;
}

export const emptyPath: PathDraft = { provider: 'minio.default', path: '', suffix: '', prefix: [] };

export const emptyService: ServiceDraft = {
  name: '',
  image: '',
  script: '#!/bin/sh\n',
  cpu: '0.5',
  memory: '256Mi',
  gpu: false,
  logLevel: '',
  vo: '',
  visibility: 'private',
  allowedUsers: '',
  input: [emptyPath],
  output: [emptyPath],
  variables: [],
  secrets: [],
  interLinkNode: '',
  volume: { name: '', mountPath: '', size: '', lifecycle: '' },
};

/** The programs that the sandbox runs, each as a service that can be tried at once. */
export const demoServices = ['fish-detection', 'grey-scale', 'word-count'] as const;

/** One of them as a form. Pure. */
export function demoDraft(name: (typeof demoServices)[number]): ServiceDraft {
  const script = `#!/bin/sh\n${name} "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR"\n`;
  return {
    ...emptyService,
    name,
    image: `transat/${name}:1`,
    script,
    input: [
      {
        ...emptyPath,
        path: `${name}/in`,
      },
    ],
    output: [
      {
        ...emptyPath,
        path: `${name}/out`,
      },
    ],
  };
}

type Described = Omit<GivenServiceBody, 'secrets'> & { secrets: Record<string, string> };

/** The form of a service that is described: by a cluster (its secrets' names alone) or in a file. Pure. */
export function draftOf(given: Described): ServiceDraft {
  const pathOf = ({ provider, path, suffix, prefix }: Described['input'][number]) => ({
    provider,
    path,
    suffix: suffix.join(', '),
    prefix,
  });
  const pairs = (map: Record<string, string>) => Object.entries(map).map(([name, value]) => ({ name, value }));
  return {
    ...given,
    volume: given.volume ?? emptyService.volume,
    allowedUsers: given.allowedUsers.join(', '),
    input: given.input.map(pathOf),
    output: given.output.map(pathOf),
    variables: pairs(given.variables),
    secrets: pairs(given.secrets),
  };
}

/** A service as a cluster has it, in the words in which one describes it. Pure. */
export function describedOf(service: ServiceView): Described {
  const { name, image, script, cpu, memory, gpu, vo, allowedUsers, input, output, variables, interLinkNode, volume } = service;
  return {
    name,
    image,
    script,
    cpu,
    memory,
    gpu,
    vo,
    allowedUsers,
    input,
    output,
    variables,
    interLinkNode,
    // as OSCAR writes what nothing was said of
    volume: volume && { ...volume, lifecycle: volume.lifecycle === 'delete' ? '' : volume.lifecycle },
    logLevel: '',
    visibility: service.visibility === 'public' || service.visibility === 'restricted' ? service.visibility : 'private',
    secrets: Object.fromEntries(service.secrets.map((each) => [each, ''])),
  };
}

function volumeOf({ name, mountPath, size, lifecycle }: ServiceDraft['volume']): GivenServiceBody['volume'] {
  const volume = { name: name.trim(), mountPath: mountPath.trim(), size: size.trim() };
  if (Object.values(volume).every((text) => text === '')) return null;
  return { ...volume, lifecycle: volume.size === '' ? '' : lifecycle };
}

/** The body of POST …/services: rows that nobody filled in are none. Pure. */
export function bodyOf(draft: ServiceDraft): GivenServiceBody {
  const list = (text: string) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
  const paths = (rows: PathDraft[]) =>
    rows.filter(({ path }) => path.trim() !== '').map(({ suffix, ...row }) => ({ ...row, path: row.path.trim(), suffix: list(suffix) }));
  const map = (rows: PairDraft[]) =>
    Object.fromEntries(rows.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]));
  return {
    ...draft,
    volume: volumeOf(draft.volume),
    allowedUsers: list(draft.allowedUsers),
    input: paths(draft.input),
    output: paths(draft.output),
    variables: map(draft.variables),
    secrets: map(draft.secrets),
  };
}
