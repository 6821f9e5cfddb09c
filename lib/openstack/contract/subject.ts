import { randomBytes } from 'node:crypto';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '../connect';
import type { Cloud, CloudAuth, IdentityEndpoint } from '../types';

/** A cloud that the contract is tried on, and who may do what there. */
export interface ContractSubject {
  endpoint: IdentityEndpoint;
  /** someone with the role `member` in one project */
  member: { name: string; domain: string; password: string };
  /** name of that project */
  project: string;
  /** id of a project that exists and that the member has no role in */
  foreignProject(): Promise<string>;
  federation: {
    identityProvider: string;
    protocol: string;
    /** an access token of a fresh login: `alice` and `bob` have the VO, `dora` has it among 251 entitlements, `carol` has none */
    accessToken(person: 'alice' | 'bob' | 'carol' | 'dora'): Promise<Secret>;
    /** an access token that was good once and was never shown to the cloud */
    deadToken(): Promise<Secret>;
  };
  externalNetwork: string;
  /** `os_distro` of an image that every flavor here boots */
  imageDistro: string;
  flavors: {
    /** of which many can be made at once */
    plain: string;
    /** one in which an operating system starts */
    booting: string;
    /** one that needs a reservation */
    metal: string;
  };
  /** whether Blazar takes leases from application credentials */
  leasesByApplicationCredential: boolean;
}

/** Everything that one run makes is called so. */
export const runName = `contract-${randomBytes(4).toString('hex')}`;

export function memberOf(subject: ContractSubject): CloudAuth {
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

export function federated(subject: ContractSubject, token: Secret, renewed = token): CloudAuth {
  const { identityProvider, protocol } = subject.federation;
  return { kind: 'oidc', identityProvider, protocol, accessToken: async (options) => (options?.renew ? renewed : token) };
}
