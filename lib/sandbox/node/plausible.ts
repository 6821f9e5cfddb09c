import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { UNKNOWN } from './expand';

type Names = Record<string, string>;

/**
 * The value of an output. What the script says in full stays as it is; what only a real machine could know is made up, so
 * that it has the right form: a kubeconfig that parses, a token that looks like one, an address of the node.
 * @param text the value as far as it could be read, with {@link UNKNOWN} where not
 * @param env the step's environment
 * @param version of what the step fetches, if it fetches anything
 */
export function plausible(name: string, text: string, env: Names, version = 'sandbox'): string {
  if (!text.includes(UNKNOWN)) return text;
  const address = env.PUBLIC_ADDRESS || env.PRIVATE_ADDRESS || '127.0.0.1';
  if (/kube_?config$/i.test(name)) return kubeconfig(address);
  if (text !== UNKNOWN) return text.replaceAll(UNKNOWN, (_, at: number) => (isCount(text, at) ? countIn(env) : made(name, env, version)));
  if (/address|host|_ip$|^ip_/i.test(name)) return address;
  return made(name, env, version);
}

function made(name: string, env: Names, version: string): string {
  const digest = createHash('sha256')
    .update(`${name}/${env.NODE_NAME ?? ''}/${env.PRIVATE_ADDRESS ?? ''}`)
    .digest('hex');
  // as long as recipes sign certificates for
  if (name.endsWith('_ends')) return '2029-02-28T12:00:00Z';
  if (/password|secret|token|key/i.test(name)) return digest.slice(0, 32);
  if (/version/i.test(name)) return version;
  if (/count|nodes|workers|cpus|port/i.test(name)) return countIn(env);
  if (/finger|hash|sum/i.test(name)) return digest;
  // milliseconds, as over an ocean
  if (/latency/i.test(name)) return (85 + Number.parseInt(digest.slice(0, 2), 16) / 10).toFixed(1);
  return 'sandbox';
}

// a script is told how many there are, or which; one that is told of its own peers counts itself in
function countIn({ WORKER_COUNT, PEER_COUNT, WORKERS, ADDRESSES }: Names): string {
  if (WORKER_COUNT !== undefined && PEER_COUNT !== undefined) return String(Number(WORKER_COUNT) + Number(PEER_COUNT) + 1);
  return WORKER_COUNT ?? String((WORKERS ?? ADDRESSES ?? '').split(',').length);
}

// `-N…` of a command, `… nodes` of a sentence, `… of …`
function isCount(text: string, at: number): boolean {
  const [before, after] = [text.slice(0, at), text.slice(at + UNKNOWN.length)];
  return /(^| )-[A-Za-z]$| of $/.test(before) || /^ (?:(node|worker)s?|of)\b/.test(after);
}

/** A kubeconfig that every client can read, of a cluster that does not answer. */
function kubeconfig(address: string): string {
  const pem = (kind: string) => Buffer.from(`-----BEGIN ${kind}-----\nc2FuZGJveA==\n-----END ${kind}-----\n`).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'kubernetes', cluster: { server: `https://${address}:6443`, 'certificate-authority-data': pem('CERTIFICATE') } }],
    users: [{ name: 'kubernetes-admin', user: { 'client-certificate-data': pem('CERTIFICATE'), 'client-key-data': pem('PRIVATE KEY') } }],
    contexts: [{ name: 'kubernetes-admin@kubernetes', context: { cluster: 'kubernetes', user: 'kubernetes-admin' } }],
    'current-context': 'kubernetes-admin@kubernetes',
  });
}
