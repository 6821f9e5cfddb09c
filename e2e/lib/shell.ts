import { Api } from './api';
import { type Person, tokenOf } from './lab';
import { copyTo, makeKey, ssh } from './ssh';

/** What somebody runs on the first node of a deployment, with only the host keys that Transat showed. */
export interface Shell {
  /** `user@address` */
  target: string;
  knownHosts: string;
  /** Runs a command. @returns what it printed, without blanks around it */
  run(command: string): Promise<string>;
  /** The same with another key, and perhaps as another user. */
  by(key: string, user?: string): (command: string) => Promise<string>;
  /** Copies a file of this machine to the node's folder for what is temporary, under its own name. */
  copy(file: string): Promise<void>;
}

/**
 * Somebody of the lab at a command line: an access token of the provider, no browser, and a key that Transat knows.
 * @param journey what the key is named by
 * @returns how they ask the API, and how they reach the first node of a deployment
 */
export async function withKey(
  baseURL: string | undefined,
  person: Person,
  journey: string,
): Promise<{ api: Api; on(id: string): Promise<Shell> }> {
  const api = new Api(baseURL ?? '', tokenOf(person));
  const own = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey ${journey} ${Date.now()}`, publicKey: own.publicKey });
  return {
    api,
    on: async (id) => {
      const { target, knownHosts } = await accessTo(api, id);
      const by = (key: string, user?: string) => {
        const whom = user ? target.replace(/^[^@]+/, user) : target;
        return async (command: string) => (await ssh(whom, key, knownHosts, command)).trim();
      };
      return { target, knownHosts, run: by(own.file), by, copy: (file) => copyTo(target, own.file, knownHosts, file) };
    },
  };
}

/** How the first node of a deployment is reached: `user@address`, and the host keys to trust. */
async function accessTo(api: Api, id: string): Promise<{ target: string; knownHosts: string }> {
  const { nodes } = await api.call<{ nodes: { ssh: string | null; knownHosts: string | null }[] }>('GET', `/deployments/${id}/access`);
  const target = nodes[0]?.ssh?.split(' ').find((word) => word.includes('@'));
  if (!target || !nodes[0]?.knownHosts) throw new Error(`no access to the first node: ${JSON.stringify(nodes)}`);
  return { target, knownHosts: nodes[0].knownHosts };
}
