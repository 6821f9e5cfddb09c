import { importPKCS8 } from 'jose';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  PrivateKeyJwt,
  type ServerMetadata,
} from 'openid-client';
import type { ProviderConfig } from '@/lib/core/config';
import { doorFetch } from './door-fetch';
import { notUnderstood } from './refusals';

const TIMEOUT_SECONDS = 40; // the door has a shorter time for each try
const TOLERANCE_SECONDS = 10;

/**
 * Reads a provider's discovery document and makes the client of it.
 * @throws AppError for want of an answer, or for one that is of another issuer; else what `openid-client` throws
 */
export async function configure(provider: ProviderConfig): Promise<Configuration> {
  const clientMetadata = { [clockTolerance]: TOLERANCE_SECONDS };
  // the document says which proof it takes, so the proof is chosen when it is needed
  let proof: ClientAuth = None();
  const prove: ClientAuth = (...of) => proof(...of);
  const config = await discovery(documentOf(provider), provider.clientId, clientMetadata, prove, {
    [customFetch]: doorFetch(provider),
    timeout: TIMEOUT_SECONDS,
    execute: [...(provider.issuer.startsWith('http:') ? [allowInsecureRequests] : []), enableNonRepudiationChecks],
  });
  const said = config.serverMetadata();
  // some providers write their issuer with a slash at the end, and people leave it out
  if (said.issuer.replace(/\/+$/, '') !== provider.issuer) {
    throw notUnderstood(provider, `It calls itself ${said.issuer}, not ${provider.issuer}: set \`issuer\` to what it calls itself.`);
  }
  proof = await proofOf(provider, said);
  return config;
}

const documentOf = ({ issuer }: ProviderConfig) => new URL(`${issuer}/.well-known/openid-configuration`);

/** Which proof of itself the client gives: as configured, else by what it has and the provider takes. */
export function proofKind(
  { clientAuth, clientSecret, privateKey }: Pick<ProviderConfig, 'clientAuth' | 'clientSecret' | 'privateKey'>,
  { token_endpoint_auth_methods_supported: taken }: Pick<ServerMetadata, 'token_endpoint_auth_methods_supported'>,
): NonNullable<ProviderConfig['clientAuth']> {
  if (clientAuth) return clientAuth;
  if (privateKey) return 'private_key_jwt';
  if (!clientSecret) return 'none';
  // OpenID Connect Discovery 1.0, 3: basic where nothing is said
  const onlyPost = taken?.includes('client_secret_post') && !taken.includes('client_secret_basic');
  return onlyPost ? 'client_secret_post' : 'client_secret_basic';
}

async function proofOf(provider: ProviderConfig, said: ServerMetadata): Promise<ClientAuth> {
  const { clientSecret, privateKey, privateKeyAlg, privateKeyId } = provider;
  const kind = proofKind(provider, said);
  if (kind === 'private_key_jwt' && privateKey) {
    const key = await importPKCS8(privateKey.reveal(), privateKeyAlg).catch(() => {
      throw notUnderstood(provider, `The file \`privateKeyFile\` holds no private key (PKCS #8, PEM) for ${privateKeyAlg}.`);
    });
    return PrivateKeyJwt({ key, kid: privateKeyId });
  }
  if (kind === 'client_secret_post') return ClientSecretPost(clientSecret?.reveal());
  if (kind === 'client_secret_basic') return ClientSecretBasic(clientSecret?.reveal());
  return None();
}
