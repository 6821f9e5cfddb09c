import { Secret } from '@/lib/core/secret';
import type { CloudUser } from '@/lib/openstack/types';
import type { Login } from '../records';
import { type Remark, refuse, remark } from './remarks';
import type { Settings } from './settings';

/** One cloud of a file as it is used here. */
export interface CloudEntry {
  cloud: string;
  authUrl: string;
  region?: string;
  /** id or name */
  project?: string;
  kind: Login['kind'];
  /** what it leaves to be asked for; null where it has all */
  needs: 'password' | 'secret' | null;
  /** what of it is not used, and why */
  remarks: Remark[];
  /** @param secret the password or secret that {@link CloudEntry.needs} */
  login(secret?: Secret): Login;
}

/** Names of keystoneauth's plug-ins (docs.openstack.org/keystoneauth, Authentication Plugins) that are what Transat does, too. */
const usable: Record<string, Login['kind']> = {
  password: 'password',
  v3password: 'password',
  v3applicationcredential: 'applicationCredential',
};

/**
 * Reads what a file says of a cloud. No refusal quotes a secret.
 * @throws Refusal
 */
export function readEntry(cloud: string, settings: Settings): CloudEntry {
  const { authUrl, authType: type, region, projectId, projectName, credentialId, credentialName, credentialSecret } = settings;
  const named = type === undefined ? undefined : usable[type.toLowerCase()];
  if (type !== undefined && named === undefined) refuse(refusalOf(type), { cloud, type: type.slice(0, 60) });
  if (!authUrl) refuse('noAddress', { cloud });
  const remarks = [...settings.remarks];
  const hasCredential = [credentialId, credentialName, credentialSecret].some((each) => each !== undefined);
  const kind = named ?? (hasCredential && settings.password === undefined ? 'applicationCredential' : 'password');
  // the openstack command signs in by password where nothing is said
  if (named === undefined && kind === 'applicationCredential') remarks.push(remark('authTypeMissing'));
  const way = kind === 'password' ? byPassword(cloud, settings) : byCredential(cloud, settings);
  return {
    cloud,
    authUrl,
    region,
    project: projectId ?? projectName,
    kind,
    needs: way.needs,
    login: way.login,
    remarks: [...remarks, ...way.remarks],
  };
}

function refusalOf(type: string): 'authType' | 'authTypeToken' | 'authTypeOpenid' {
  if (/oidc|saml|kerberos|websso|federat|adfs|openid/i.test(type)) return 'authTypeOpenid';
  return /token/i.test(type) ? 'authTypeToken' : 'authType';
}

type Way = Pick<CloudEntry, 'needs' | 'login' | 'remarks'>;

function byCredential(cloud: string, settings: Settings): Way {
  const { credentialId: id, credentialName: name, credentialSecret: kept, username, userId, password, userDomain, userDomainId } = settings;
  const user = id === undefined ? userOf(settings) : undefined;
  if (id === undefined && (name === undefined || !user)) refuse('noCredentialId', { cloud });
  const notNeeded =
    id === undefined
      ? notNeededOf({ password })
      : notNeededOf({
          password,
          username,
          user_id: userId,
          user_domain_name: userDomain,
          user_domain_id: userDomainId,
          application_credential_name: name,
        });
  return {
    needs: kept ? null : 'secret',
    remarks: [...(user?.remarks ?? []), ...notNeeded],
    login(given) {
      const secret = kept ? new Secret(kept) : given;
      if (!secret) refuse('noSecret', { cloud }, 'secret');
      if (id !== undefined) return { kind: 'applicationCredential', id, secret };
      return { kind: 'applicationCredential', name: name ?? '', user: user?.user ?? { id: '' }, secret };
    },
  };
}

function byPassword(cloud: string, settings: Settings): Way {
  const found = userOf(settings);
  if (!found) refuse('noUser', { cloud });
  const { password: kept, credentialId, credentialName, credentialSecret } = settings;
  const notNeeded = notNeededOf({
    application_credential_id: credentialId,
    application_credential_name: credentialName,
    application_credential_secret: credentialSecret,
  });
  return {
    needs: kept ? null : 'password',
    remarks: [...found.remarks, ...notNeeded],
    login(given) {
      const password = kept ? new Secret(kept) : given;
      if (!password) refuse('noPassword', { cloud }, 'secret');
      return { kind: 'password', user: found.user, password };
    },
  };
}

function notNeededOf(fields: Record<string, string | undefined>): Remark[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [remark('login', { name })]));
}

// keystoneauth takes an id before a name, of users and of domains
function userOf({ userId, username, userDomainId, userDomain }: Settings): { user: CloudUser; remarks: Remark[] } | undefined {
  if (userId) {
    return { user: { id: userId }, remarks: notNeededOf({ username, user_domain_name: userDomain, user_domain_id: userDomainId }) };
  }
  if (!username) return undefined;
  if (userDomainId) {
    return { user: { name: username, domainId: userDomainId }, remarks: userDomain ? [remark('twice', { name: 'user_domain' })] : [] };
  }
  return { user: { name: username, domain: userDomain ?? 'Default' }, remarks: userDomain ? [] : [remark('defaultDomain')] };
}
