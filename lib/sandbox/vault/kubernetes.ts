import { z } from 'zod';
import { type Call, denied, done, noHandler, type Reply, refused, withAuth } from './answers';
import { seconds, texts } from './state';

export interface KubernetesLogin {
  host: string;
  reviewer: string;
  roles: Map<string, { names: string[]; namespaces: string[]; policies: string[]; ttl: number; maxTtl: number }>;
}

const reviewSchema = z.object({
  status: z.object({ authenticated: z.boolean().default(false), user: z.object({ username: z.string() }).optional() }),
});

/** The login by a service account of Kubernetes: its cluster is asked whose a token is (TokenReview). */
export async function answerKubernetes({ state, method, path, body }: Call, mount: string): Promise<Reply> {
  const config = state.kubernetes.get(mount) ?? { host: '', reviewer: '', roles: new Map() };
  state.kubernetes.set(mount, config);
  if (method !== 'POST') return noHandler();
  if (path === 'config') {
    Object.assign(config, { host: String(body.kubernetes_host), reviewer: String(body.token_reviewer_jwt) });
    return done;
  }
  if (path.startsWith('role/')) {
    config.roles.set(path.slice('role/'.length), {
      names: texts(body.bound_service_account_names),
      namespaces: texts(body.bound_service_account_namespaces),
      policies: texts(body.token_policies),
      ttl: seconds(body.token_ttl),
      maxTtl: seconds(body.token_max_ttl),
    });
    return done;
  }
  if (path !== 'login') return noHandler();
  const role = config.roles.get(String(body.role));
  if (!role) return refused(400, `invalid role name "${String(body.role)}"`);
  const account = await review(config, String(body.jwt));
  if (!account) return denied();
  const [, , namespace = '', name = ''] = account.split(':');
  if (!role.namespaces.includes(namespace)) return refused(403, 'namespace not authorized');
  if (!role.names.includes(name)) return refused(403, 'service account name not authorized');
  const { policies, ttl, maxTtl } = role;
  const { id, token } = state.issue({ policies, ttl, maxTtl, renewable: true });
  return withAuth(id, token, state.now());
}

// system:serviceaccount:<namespace>:<name>, by the cluster's word
async function review({ host, reviewer }: KubernetesLogin, token: string): Promise<string | undefined> {
  const response = await fetch(`${host}/apis/authentication.k8s.io/v1/tokenreviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${reviewer}` },
    body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } }),
  });
  const parsed = reviewSchema.safeParse(await response.json());
  return parsed.data?.status.authenticated ? parsed.data.status.user?.username : undefined;
}
