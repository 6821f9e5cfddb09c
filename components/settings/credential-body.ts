import type { SiteView } from '@/lib/api/contract/sites';

export const credentialKinds = ['applicationCredential', 'password', 'cloudsYaml'] as const;
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
  yaml?: string;
  cloud?: string;
}

const own = {
  applicationCredential: ['id', 'secret'],
  password: ['username', 'userDomain', 'password'],
  cloudsYaml: ['yaml', 'cloud'],
} as const;

/** The body of POST /credentials: the fields of its kind, without those left empty. */
export function credentialBody(draft: CredentialDraft): Record<string, string> {
  const names = ['site', 'name', 'kind', 'project', ...own[draft.kind]] as const;
  return Object.fromEntries(names.flatMap((name) => (draft[name] ? [[name, draft[name]]] : [])));
}

/** Kinds of credential that a site takes. */
export function kindsOf(site: SiteView): CredentialKind[] {
  const takes = credentialKinds.filter((kind) => kind !== 'cloudsYaml' && site.methods.includes(kind));
  return takes.length > 0 ? [...takes, 'cloudsYaml'] : [];
}
