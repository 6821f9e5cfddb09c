import { randomBytes } from 'node:crypto';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '../connect';
import type { Cloud, CloudAuth, IdentityEndpoint, NewReservation } from '../types';

/** A cloud that the contract is tried on, and who may do what there. */
export interface ContractSubject {
  endpoint: IdentityEndpoint;
  /** someone with the role `member` in one project */
  member: { name: string; domain: string; password: string };
  /** name of that project */
  project: string;
  /** id of a project that exists and that the member has no role in */
  foreignProject(): Promise<string>;
  /** null where only local people sign in */
  federation: {
    identityProvider: string;
    protocol: string;
    /** people with a VO that is known there; one of them should be in very many others */
    members: string[];
    /** which of them that is, and in how many; null where there is none */
    many: { person: string; entitlements: number } | null;
    /** someone in no VO */
    stranger: string;
    /** names of the projects of one of the members: those that the provider and the mapping give, and no others */
    projectsOf(person: string): string[];
    /** whether Keystone keeps the roles of federated people, so that they can make application credentials (`authorization_ttl`) */
    keepsRoles: boolean;
    /** an access token that a provider gave out which this cloud knows nothing of */
    foreignToken(): Promise<Secret>;
    /** an access token of a fresh login of one of these people */
    accessToken(person: string): Promise<Secret>;
    /** how many entitlements the provider tells of a token's owner, at the address where Keystone asks or would */
    entitlements(token: Secret): Promise<number>;
    /** an access token that came by the device flow, approved by one of these people; null where the provider has no client for it */
    deviceToken: ((person: string) => Promise<Secret>) | null;
    /** an access token that was good once and was never shown to the cloud */
    deadToken(): Promise<Secret>;
  } | null;
  /** sets what the project may have of Neutron's things; null: as much as before */
  limit(quotas: Record<string, number> | null): Promise<void>;
  /** a call of the member's to Neutron that the clients have no verb for */
  neutron(method: string, path: string, body: unknown): Promise<void>;
  externalNetwork: string;
  /** `os_distro` of an image that every flavor here boots */
  imageDistro: string;
  flavors: {
    /** of which many can be made at once */
    plain: string;
    /** one in which an operating system starts */
    booting: string;
    /** two between which a server can be resized, the smaller first */
    resized: readonly [string, string];
  };
  /** null where there is no Blazar */
  leases: {
    /** what its Blazar reserves */
    kinds: NewReservation['kind'][];
    /** what it does not */
    absent: NewReservation;
    /** name of the flavor that boots on a reserved host */
    flavor: string;
    /** a kind of host that one server fills; there are two hosts of other kinds as well */
    nodeType: string;
    /** name of a flavor of which machines can be leased; null where none are */
    leasedFlavor: string | null;
    /** whether leases of machines can be extended */
    flavorsExtend: boolean;
    /** whether Keystone takes trusts from application credentials, without which Blazar makes no leases for them */
    byApplicationCredential: boolean;
    /** somebody who acts in another project */
    otherProject(): Promise<Cloud>;
  } | null;
}

/** Everything that one run makes is called so. */
export const runName = `contract-${randomBytes(4).toString('hex')}`;

export function memberOf(subject: ContractSubject): Extract<CloudAuth, { kind: 'password' }> {
  const { name, domain, password } = subject.member;
  return { kind: 'password', user: { name, domain }, password: new Secret(password) };
}

/** Signs the member in to the project. */
export async function signedIn(subject: ContractSubject): Promise<Cloud> {
  return connectCloud(subject.endpoint, memberOf(subject), await projectId(subject));
}

export async function projectId(subject: ContractSubject): Promise<string> {
  const projects = await listProjects(subject.endpoint, memberOf(subject));
  const found = projects.find(({ name }) => name === subject.project);
  if (!found) throw new Error(`The member has no project ${subject.project}`);
  return found.id;
}

export function federated(by: NonNullable<ContractSubject['federation']>, token: Secret, renewed = token) {
  const { identityProvider, protocol } = by;
  return {
    kind: 'oidc',
    identityProvider,
    protocol,
    accessToken: async (options?: { renew?: boolean }) => (options?.renew ? renewed : token),
  } as const;
}
