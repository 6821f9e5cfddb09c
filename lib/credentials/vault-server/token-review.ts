import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { SignJWT } from 'jose';

/** As much of a Kubernetes cluster as a login by its service accounts needs, for tests. */
export interface TokenReviewServer {
  url: string;
  /** what may ask it */
  reviewer: string;
  /** a token of a service account, as a pod has it in a file */
  serviceAccount(name: string, namespace?: string): Promise<string>;
}

/**
 * Answers TokenReviews (kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1) for the tokens that it gave
 * out. It does not keep a process alive.
 */
export async function startTokenReview(): Promise<TokenReviewServer> {
  const accounts = new Map<string, { name: string; namespace: string; uid: string }>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const serviceAccount = async (name: string, namespace = 'transat') => {
    const uid = randomUUID();
    const now = Math.floor(Date.now() / 1000);
    const claims = { 'kubernetes.io': { namespace, serviceaccount: { name, uid } }, sub: `system:serviceaccount:${namespace}:${name}` };
    const token = await new SignJWT({ iss: 'https://kubernetes.test', aud: ['vault'], iat: now, nbf: now - 5, exp: now + 600, ...claims })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
    accounts.set(token, { name, namespace, uid });
    return token;
  };
  const reviewer = await serviceAccount('reviewer', 'kube-system');
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
    request.on('end', () => {
      const asked: { spec?: { token?: string } } = JSON.parse(text || '{}');
      const may = request.headers.authorization === `Bearer ${reviewer}` && request.url === '/apis/authentication.k8s.io/v1/tokenreviews';
      const found = accounts.get(asked.spec?.token ?? '');
      const user = found && {
        username: `system:serviceaccount:${found.namespace}:${found.name}`,
        uid: found.uid,
        groups: ['system:serviceaccounts'],
      };
      const status = user ? { authenticated: true, user, audiences: ['vault'] } : { authenticated: false, error: 'invalid bearer token' };
      response.writeHead(may ? 201 : 403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', metadata: {}, spec: asked.spec, status }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, reviewer, serviceAccount };
}
