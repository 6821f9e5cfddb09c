import type { PastedView } from '@/lib/api/contract/credentials';
import type { SiteView } from '@/lib/api/contract/sites';

export const credentialKinds = ['applicationCredential', 'password', 'file', 'ownStore'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** All that the form may hold; what is of another kind than the chosen one is left out when sent. */
export interface CredentialDraft {
  site: string;
  name: string;
  kind: CredentialKind;
  project: string;
  id?: string;
  secret?: string;
  username?: string;
  userDomain?: string;
  password?: string;
  text?: string;
  secureYaml?: string;
  cloud?: string;
  missing?: string;
  secretName?: string;
}

const own = {
  applicationCredential: ['id', 'secret'],
  password: ['username', 'userDomain', 'password'],
  file: ['cloud', 'secureYaml'],
  ownStore: ['secretName'],
} as const;

/** The body of POST /credentials: the fields of its kind, without those left empty. @param format of a pasted file, as it was recognised */
export function credentialBody(draft: CredentialDraft, format: PastedView['format'] = 'cloudsYaml'): Record<string, string> {
  const names = ['site', 'name', 'project', ...own[draft.kind]] as const;
  const given = Object.fromEntries(names.flatMap((name) => (draft[name] ? [[name, draft[name]]] : [])));
  if (draft.kind !== 'file') return { ...given, kind: draft.kind };
  const { cloud: choice, secureYaml: _secure, ...openrc } = given;
  const missing: Record<string, string> = draft.missing ? { secret: draft.missing } : {};
  const text = draft.text ?? '';
  return format === 'openrc'
    ? { ...openrc, ...missing, kind: 'openrc', openrc: text }
    : { ...given, ...partsOf(choice), ...missing, kind: format, yaml: text };
}

/** A cloud of a file and a region of it as one value of a list. */
export const choiceOf = ({ name, region }: { name: string; region: string | null }): string =>
  JSON.stringify(region === null ? [name] : [name, region]);

function partsOf(choice: string | undefined): Record<string, string> {
  if (!choice) return {};
  const [cloud = '', region]: string[] = JSON.parse(choice);
  return region === undefined ? { cloud } : { cloud, region };
}

/** The field of the form that a field of the request comes from. */
export function fieldOf(path: string, kind: CredentialKind): string {
  if (kind !== 'file') return path;
  return { yaml: 'text', openrc: 'text', secret: 'missing' }[path] ?? path;
}

/** Kinds of credential that a site takes. @param ownStore whether the person can have one in a secrets store of their own */
export function kindsOf(site: SiteView, ownStore: boolean): CredentialKind[] {
  const takes = credentialKinds.filter((kind) => kind !== 'file' && kind !== 'ownStore' && site.methods.includes(kind));
  if (takes.length === 0) return [];
  return [...takes, 'file', ...(ownStore ? (['ownStore'] as const) : [])];
}
