import type { Problem } from '@/lib/core/errors';

interface ForSite {
  site: string;
  name: string;
  /** id or name */
  project?: string;
}
/** A credential that somebody gives, in the form in which they have it. */
export type NewCredential =
  | (ForSite & { kind: 'applicationCredential'; id: string; secret: string })
  | (ForSite & { kind: 'password'; username: string; userDomain: string; password: string })
  /** a pasted clouds.yaml; `cloud` names the entry where it has several, `region` one of its regions (left out: the site's), `secureYaml` and `secret` give what it lacks */
  | (ForSite & { kind: 'cloudsYaml'; yaml: string; secureYaml?: string; cloud?: string; region?: string; secret?: string })
  /** a pasted openrc file; `secret` is what it would ask for */
  | (ForSite & { kind: 'openrc'; openrc: string; secret?: string })
  /** a secret of the person's own in a Vault or OpenBao, by its name there */
  | (ForSite & { kind: 'ownStore'; secretName: string });

/** What is to be another of a credential; `id`: the new application credential that a new secret belongs to. */
export interface CredentialChange {
  name?: string;
  secret?: string;
  id?: string;
}

/** An application credential that Transat is to make at a site. */
export interface MakeCredential extends ForSite {
  /** the credential that makes it: `oidc:<site>` or `device:<site>` */
  with: string;
  /** how long it lives */
  days: number;
  /** deployments that act by `with` in the same project go on with the new one */
  takeOver: boolean;
}

/** One line of a try of a credential; `unknown` where nobody can know without making something. */
export interface CredentialCheck {
  what: 'token' | 'project' | 'quota' | 'servers' | 'leases';
  state: 'good' | 'bad' | 'unknown';
  detail: string;
}

/** A credential as its owner sees it. Times are ISO 8601. */
export interface Credential {
  /** `oidc:<site id>` for the person's own sign-in, `device:<site id>` for what they connected by the device flow */
  id: string;
  kind: 'oidc' | 'device' | 'applicationCredential' | 'password' | 'cloudsYaml';
  site: string;
  name: string;
  project: { id: string; name: string } | null;
  /** what is no secret of it: user name, id, last four characters */
  shown: Record<string, string>;
  expiresAt: string | null;
  checkedAt: string | null;
  problem: Problem | null;
  /** what the last try found; null where none was made since it is kept */
  checks: CredentialCheck[] | null;
  /** Transat made it at the site: it can renew it, and revokes it there when it is deleted */
  made: boolean;
  createdAt: string | null;
  /** deployments (not deleted) that use it */
  deployments: number;
  /** those by name, the newest first; at most 50 */
  usedBy: { id: string; name: string; state: string }[];
  /** leases that act by it and are not over, the soonest to end first; at most 50. They go on, and are charged for, without it. */
  leases: { id: string; name: string; end: string }[];
}

/** The names in a person's own secrets store; `available`: whether this Transat knows one. */
export interface OwnNames {
  available: boolean;
  names: string[];
}

/** One thing that is said of a file: the key of its sentence, what the sentence needs, and the sentence in English. */
export interface Remark {
  key: string;
  params: Record<string, string>;
  text: string;
}

/** What a pasted file is, and what is in it. */
export interface Pasted {
  format: 'cloudsYaml' | 'openrc';
  /** the shell that an openrc file is for */
  dialect: 'shell' | 'powershell' | 'cmd' | 'fish' | null;
  /** what of the file as a whole is not used, and why */
  remarks: Remark[];
  clouds: {
    name: string;
    /** where the entry has several */
    region: string | null;
    kind: 'applicationCredential' | 'password' | null;
    authUrl: string | null;
    project: string | null;
    /** the site that it is for; null where there is none of this address */
    site: string | null;
    /** what it leaves to be asked for */
    needs: 'password' | 'secret' | null;
    /** what of it is not used, and why */
    remarks: Remark[];
    /** why it can't be used */
    problem: Problem | null;
  }[];
}

/** A device flow: what to show, and whether it has come to an end. */
export interface DeviceFlow {
  id: string;
  site: string;
  /** what people call the provider */
  provider: string;
  state: 'waiting' | 'connected' | 'denied' | 'expired' | 'failed';
  userCode: string;
  verificationUri: string;
  /** with the code in it */
  verificationUriComplete: string | null;
  expiresAt: string;
  /** seconds between two looks */
  interval: number;
  problem: Problem | null;
}

/** An application credential of Transat's making that could not be revoked at its site yet. Times are ISO 8601. */
export interface OwedRevocation {
  id: string;
  site: string;
  siteName: string;
  /** what it was called here */
  name: string;
  /** its name at the site */
  atSite: string;
  /** when it ends by itself */
  expiresAt: string;
  nextTryAt: string;
  attempts: number;
  problem: Problem | null;
  createdAt: string;
}

type SiteMethod = 'oidc' | 'applicationCredential' | 'password';
/** What may be left open of a site of one's own. */
interface SiteDetails {
  region: string;
  /** Keystone's names for federated sign-in, where the methods have `oidc` */
  identityProvider: string;
  protocol: string;
  /** PEM of certificate authorities, beside those that everybody knows */
  ca: string;
  /** ISO 3166-1 alpha-2 */
  country: string;
  city: string;
  lat: number;
  lon: number;
}
/** A site that somebody adds. */
export interface NewSite extends Partial<SiteDetails> {
  name: string;
  authUrl: string;
  methods: SiteMethod[];
}
/** What is left out stays; null takes it away. */
export type SiteChange = Partial<Pick<NewSite, 'name' | 'authUrl' | 'methods'>> & { [Key in keyof SiteDetails]?: SiteDetails[Key] | null };

/** A public key that a person has put on every node. */
export interface SshKey {
  id: string;
  name: string;
  publicKey: string;
  /** SHA256:… as ssh-keygen shows it */
  fingerprint: string;
  createdAt: string;
}
