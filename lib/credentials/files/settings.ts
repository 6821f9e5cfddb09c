import { type Remark, remark } from './remarks';
import { unusedBecause } from './unused';

/** What a file says of one cloud, under the names that a clouds.yaml has for it: beside its section `auth`, and in it. */
export interface Said {
  beside: ReadonlyMap<string, string>;
  auth: ReadonlyMap<string, string>;
}

/** One cloud of a file, as openstacksdk would take it. Fields are left out rather than empty. */
export interface Settings {
  authType?: string;
  authUrl?: string;
  region?: string;
  userId?: string;
  username?: string;
  userDomainId?: string;
  userDomain?: string;
  password?: string;
  projectId?: string;
  projectName?: string;
  credentialId?: string;
  credentialName?: string;
  credentialSecret?: string;
  /** what is not used */
  remarks: Remark[];
}

/**
 * Finds each setting as openstacksdk does (openstack/config/loader.py, magic_fixes and _validate_auth): what names a project, a
 * domain or a token is taken from beside `auth` first, all else from `auth` first; names of tenants stand for those of projects;
 * a domain that is given once holds for user and project; a default domain comes last.
 */
export function settle(said: Said): Settings {
  const pool = new Pool(said);
  const authType = pool.besideOnly('auth_type', 'auth_plugin');
  const region = pool.besideOnly('region_name');
  const projectId = pool.besideFirst('project_id', 'tenant_id');
  const projectName = pool.besideFirst('project_name', 'tenant_name');
  const scoped = projectId !== undefined || projectName !== undefined;
  const shared = scoped ? { id: pool.besideFirst('domain_id'), name: pool.besideFirst('domain_name') } : {};
  const fallback = { id: pool.authFirst('default_domain_id'), name: pool.authFirst('default_domain_name') };
  const settings: Omit<Settings, 'remarks'> = {
    authType,
    authUrl: fill(pool.authFirst('auth_url'), said.beside),
    region,
    userId: pool.authFirst('user_id'),
    username: pool.authFirst('username', 'user_name'),
    userDomainId: pool.besideFirst('user_domain_id') ?? shared.id ?? fallback.id,
    userDomain: pool.besideFirst('user_domain_name') ?? shared.name ?? fallback.name,
    password: pool.authFirst('password'),
    projectId,
    projectName,
    credentialId: pool.authFirst('application_credential_id'),
    credentialName: pool.authFirst('application_credential_name'),
    credentialSecret: pool.authFirst('application_credential_secret'),
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return { ...given, remarks: pool.rest() };
}

// openstacksdk puts other settings into the address: https://{region_name}.example.org
function fill(url: string | undefined, settings: ReadonlyMap<string, string>): string | undefined {
  return url?.replaceAll(/\{(\w+)\}/g, (whole, name: string) => settings.get(name) ?? whole);
}

/** Gives out settings, and knows which were not asked for. */
class Pool {
  readonly #beside: Map<string, string>;
  readonly #auth: Map<string, string>;
  readonly #remarks: Remark[] = [];

  constructor({ beside, auth }: Said) {
    this.#beside = this.#plainNames(beside);
    this.#auth = this.#plainNames(auth);
    for (const name of ['auth_type', 'auth_plugin', 'region_name']) {
      const value = this.#auth.get(name);
      if (value === undefined) continue;
      this.#auth.delete(name);
      if (value !== '' && !this.#beside.has(name)) this.#beside.set(name, value);
      this.#remarks.push(remark('misplaced', { name }));
    }
  }

  besideOnly(...names: string[]): string | undefined {
    return this.#choose(
      names,
      names.map((name) => [name, this.#beside]),
    );
  }

  besideFirst(...names: string[]): string | undefined {
    return this.#choose(
      names,
      names.flatMap((name) => [this.#beside, this.#auth].map((place) => [name, place])),
    );
  }

  authFirst(...names: string[]): string | undefined {
    return this.#choose(
      names,
      [this.#auth, this.#beside].flatMap((place) => names.map((name) => [name, place])),
    );
  }

  /** What is said of all that nobody asked for. */
  rest(): Remark[] {
    for (const [name, value] of [...this.#auth, ...this.#beside]) {
      const why = unusedBecause(name, value);
      if (why) this.#remarks.push(remark(why, { name }));
    }
    return this.#remarks;
  }

  /** What counts first comes first; what is empty counts as not there. */
  #choose([called = '']: string[], places: [name: string, place: Map<string, string>][]): string | undefined {
    const found: string[] = [];
    for (const [name, place] of places) {
      const value = place.get(name);
      place.delete(name);
      if (value) found.push(value);
      else if (value === '') this.#remarks.push(remark('empty', { name }));
    }
    if (new Set(found).size > 1) this.#remarks.push(remark('twice', { name: called }));
    return found[0];
  }

  // `auth-url` is auth_url to openstacksdk; OS_AUTH_URL within a file is nothing to it, and plain to any reader
  #plainNames(given: ReadonlyMap<string, string>): Map<string, string> {
    const plain = new Map<string, string>();
    for (const [written, value] of given) {
      const name = written.replaceAll('-', '_');
      const bare = /^os_/i.test(name) ? name.slice(3).toLowerCase() : name;
      if (bare !== name) this.#remarks.push(remark('prefixed', { name: written }));
      if (bare === name || !plain.has(bare)) plain.set(bare, value);
    }
    return plain;
  }
}
