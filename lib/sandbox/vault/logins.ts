import { randomUUID } from 'node:crypto';
import { type Call, denied, done, noHandler, type Reply, refused, withAuth, withData } from './answers';
import { seconds, type Token, texts } from './state';

/** AppRole: roles, their ids and secret ids, and `login`. */
export function answerAppRole({ state, method, path, body }: Call): Reply {
  const [kind, name = '', what] = path.split('/');
  if (path === 'login' && method === 'POST') {
    const role = [...state.appRoles.values()].find(({ roleId }) => roleId === body.role_id);
    if (!role) return refused(400, 'invalid role or secret ID');
    if (!role.secretIds.has(String(body.secret_id))) return refused(400, 'invalid role or secret ID');
    const { policies, ttl, maxTtl } = role;
    const { id, token } = state.issue({ policies, ttl, maxTtl, renewable: true });
    return withAuth(id, token, state.now());
  }
  if (kind !== 'role') return noHandler();
  const role = state.appRoles.get(name);
  if (method === 'POST' && what === undefined) {
    const policies = texts(body.token_policies);
    const given = { policies, ttl: seconds(body.token_ttl), maxTtl: seconds(body.token_max_ttl) };
    state.appRoles.set(name, { roleId: role?.roleId ?? randomUUID(), secretIds: role?.secretIds ?? new Set(), ...given });
    return done;
  }
  if (!role) return refused(404);
  if (method === 'GET' && what === 'role-id') return withData({ role_id: role.roleId });
  if (method === 'POST' && what === 'secret-id') {
    const secretId = randomUUID();
    role.secretIds.add(secretId);
    return withData({ secret_id: secretId, secret_id_accessor: randomUUID(), secret_id_num_uses: 0, secret_id_ttl: 0 });
  }
  return noHandler();
}

/** Tokens: making one, and what one says and does about itself. */
export function answerToken({ state, method, path, body }: Call, id: string, token: Token): Reply {
  const now = state.now();
  if (path === 'create' && method === 'POST') {
    if (!token.policies.includes('root')) return denied();
    const made = state.issue({
      policies: texts(body.policies),
      ttl: seconds(body.ttl),
      maxTtl: seconds(body.explicit_max_ttl),
      renewable: body.renewable !== false,
    });
    return withAuth(made.id, made.token, now);
  }
  if (path === 'lookup-self') {
    const ttl = token.endsAt === 0 ? 0 : Math.round((token.endsAt - now) / 1000);
    return withData({ accessor: token.accessor, policies: ['default', ...token.policies], ttl, renewable: token.renewable, id });
  }
  if (path === 'renew-self' && method === 'POST') {
    if (!token.renewable) return refused(400, 'lease is not renewable');
    token.endsAt = Math.min(now + token.ttl * 1000, token.maxEndsAt);
    return withAuth(id, token, now);
  }
  if (path === 'revoke-self' && method === 'POST') {
    state.tokens.delete(id);
    return done;
  }
  return noHandler();
}
