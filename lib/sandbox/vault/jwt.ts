import { randomUUID } from 'node:crypto';
import { importSPKI, type JWTPayload, jwtVerify } from 'jose';
import { type Call, done, noHandler, type Reply, refused, withAuth } from './answers';
import { seconds, texts } from './state';

export interface JwtRole {
  userClaim: string;
  audiences: string[];
  claims: Record<string, unknown>;
  policies: string[];
  ttl: number;
  maxTtl: number;
}

/** The JWT login: its configuration, roles, and `login`, with the signature checked. */
export async function answerJwt(call: Call, mount: string, accessor: string): Promise<Reply> {
  const { state, method, path, body } = call;
  const config = state.jwt.get(mount) ?? { keys: [], roles: new Map<string, JwtRole>() };
  state.jwt.set(mount, config);
  if (method !== 'POST') return noHandler();
  if (path === 'config') {
    Object.assign(config, {
      keys: texts(body.jwt_validation_pubkeys),
      issuer: body.bound_issuer === undefined ? undefined : String(body.bound_issuer),
      defaultRole: body.default_role === undefined ? undefined : String(body.default_role),
    });
    return done;
  }
  if (path.startsWith('role/')) {
    config.roles.set(path.slice('role/'.length), {
      userClaim: String(body.user_claim),
      audiences: texts(body.bound_audiences),
      claims: typeof body.bound_claims === 'object' && body.bound_claims !== null ? { ...body.bound_claims } : {},
      policies: texts(body.token_policies),
      ttl: seconds(body.token_ttl),
      maxTtl: seconds(body.token_max_ttl),
    });
    return done;
  }
  if (path !== 'login') return noHandler();
  const name = typeof body.role === 'string' && body.role !== '' ? body.role : config.defaultRole;
  const role = name === undefined ? undefined : config.roles.get(name);
  if (name === undefined) return refused(400, 'missing role');
  if (!role) return refused(400, `role "${name}" could not be found`);
  const claims = await verified(String(body.jwt), config.keys, config.issuer);
  if (!claims)
    return refused(400, 'error validating token: error verifying token signature: no known key successfully validated the token signature');
  const audiences = [claims.aud ?? []].flat();
  if (audiences.length > 0 && role.audiences.length === 0)
    return refused(400, 'audience claim found in JWT but no audiences bound to the role');
  if (role.audiences.length > 0 && !role.audiences.some((audience) => audiences.includes(audience))) {
    return refused(400, 'error validating claims: aud claim does not match any bound audience');
  }
  const wrong = Object.entries(role.claims).find(([claim, value]) => claims[claim] !== value);
  if (wrong) return refused(400, `error validating claims: claim "${wrong[0]}" does not match any associated bound claim values`);
  const alias = String(claims[role.userClaim]);
  const entity = state.entities.get(`${accessor}/${alias}`) ?? randomUUID();
  state.entities.set(`${accessor}/${alias}`, entity);
  const { policies, ttl, maxTtl } = role;
  const { id, token } = state.issue({ policies, ttl, maxTtl, renewable: true, entity, aliases: { [accessor]: alias } });
  return withAuth(id, token, state.now());
}

async function verified(jwt: string, keys: string[], issuer: string | undefined): Promise<JWTPayload | undefined> {
  for (const key of keys) {
    try {
      return (await jwtVerify(jwt, await importSPKI(key, 'RS256'), { issuer })).payload;
    } catch {
      // perhaps the next
    }
  }
  return undefined;
}
