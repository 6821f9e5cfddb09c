import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Login } from './records';

/** What a file of the OpenStack command line says of one cloud, under the names of its clouds.yaml. */
export interface CloudFields {
  auth_type?: string;
  region_name?: string;
  auth_url?: string;
  username?: string;
  password?: string;
  user_domain_name?: string;
  user_domain_id?: string;
  project_id?: string;
  project_name?: string;
  application_credential_id?: string;
  application_credential_name?: string;
  application_credential_secret?: string;
}

/** One cloud of such a file as it is used here. */
export interface CloudEntry {
  cloud: string;
  authUrl: string;
  region?: string;
  /** id or name */
  project?: string;
  kind: Login['kind'];
  /** what it leaves to be asked for; null where it has all */
  needs: 'password' | 'secret' | null;
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
 * Reads what a file says of a cloud. No message quotes it.
 * @param field of the request that the file came in
 * @throws AppError `invalid-input`
 */
export function readEntry(cloud: string, fields: CloudFields, field: string): CloudEntry {
  const { auth_url: authUrl, auth_type: type, region_name: region } = fields;
  if (!authUrl) throw unusable(field, `“${cloud}” names no address (auth_url).`);
  const named = type === undefined ? undefined : usable[type.toLowerCase()];
  if (type !== undefined && named === undefined) {
    throw unusable(
      field,
      `“${cloud}” signs in by “${type.slice(0, 60)}”, which can’t be kept here; application credentials and passwords can.`,
    );
  }
  const about = { cloud, authUrl, region, project: fields.project_id ?? fields.project_name };
  const hasCredential = fields.application_credential_id !== undefined || fields.application_credential_name !== undefined;
  const kind = named ?? (hasCredential || fields.application_credential_secret ? 'applicationCredential' : 'password');
  return kind === 'password' ? { ...about, ...byPassword(cloud, fields, field) } : { ...about, ...byCredential(cloud, fields, field) };
}

type Way = Pick<CloudEntry, 'kind' | 'needs' | 'login'>;

function byCredential(cloud: string, fields: CloudFields, field: string): Way {
  const { application_credential_id: id, application_credential_name: name, application_credential_secret: kept } = fields;
  const user = userOf(fields);
  if (id === undefined && (name === undefined || !user)) {
    throw unusable(field, `The application credential of “${cloud}” has neither an id, nor a name with a username.`);
  }
  return {
    kind: 'applicationCredential',
    needs: kept ? null : 'secret',
    login(given) {
      const secret = kept ? new Secret(kept) : given;
      if (!secret) throw missing(`“${cloud}” has no secret: give it beside the file.`);
      if (id !== undefined) return { kind: 'applicationCredential', id, secret };
      return { kind: 'applicationCredential', name: name ?? '', user: user ?? { name: '', domain: '' }, secret };
    },
  };
}

function byPassword(cloud: string, fields: CloudFields, field: string): Way {
  const user = userOf(fields);
  if (!user) throw unusable(field, `“${cloud}” has neither an application credential, nor a username.`);
  const kept = fields.password;
  return {
    kind: 'password',
    needs: kept ? null : 'password',
    login(given) {
      const password = kept ? new Secret(kept) : given;
      if (!password) throw missing(`“${cloud}” has no password: give it beside the file.`);
      return { kind: 'password', user, password };
    },
  };
}

function userOf({ username, user_domain_name: name, user_domain_id: id }: CloudFields): { name: string; domain: string } | undefined {
  if (!username) return undefined;
  return { name: username, domain: name ?? (id === 'default' ? 'Default' : id) ?? 'Default' };
}

const missing = (message: string): AppError => unusable('secret', message);

/** The problem for a pasted file that can't be used. */
export function unusable(path: string, message: string): AppError {
  return new AppError({
    code: 'invalid-input',
    title: 'The file can’t be used',
    detail: message,
    remedy: 'Download it anew from the site’s own pages (with an application credential) and paste all of it.',
    fields: [{ path, message }],
  });
}
