import { presign } from '../s3/signature';
import type { OscarWorld } from '../world';

const PATIENCE_MS = 20_000;

/** A MinIO that is not the cluster's own, as a service names it. */
export interface RemoteMinio {
  endpoint: string;
  access_key: string;
  secret_key: string;
  region: string;
}

/**
 * Whether the sandbox would go to an address: only to what runs on this machine. People write these addresses, and a sandbox that fetched any
 * of them would be a way into its operator's network.
 */
export function mayReach(world: OscarWorld, address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const here = ['localhost', '127.0.0.1', '[::1]', world.options.host].includes(url.hostname);
  return here && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}

/** What another cluster answered; null where nothing did. */
export async function ask(
  world: OscarWorld,
  address: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<{ status: number; text: string; bytes: Buffer } | null> {
  const url = mayReach(world, address);
  const fault = world.faults.take('peer', options.method ?? 'GET', url?.pathname ?? address);
  if (!url || fault) return null;
  try {
    const { body } = options;
    const response = await fetch(url, {
      method: options.method ?? 'GET',
      headers: options.headers,
      body: typeof body === 'string' ? body : body && new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, text: bytes.toString('utf8'), bytes };
  } catch {
    return null;
  }
}

/** Reads an object of another MinIO. @returns null where nothing answered */
export function getRemote(world: OscarWorld, minio: RemoteMinio, bucket: string, key: string) {
  return signed(world, minio, 'GET', `${bucket}/${key}`);
}

/** Writes an object of another MinIO. @returns null where nothing answered */
export function putRemote(world: OscarWorld, minio: RemoteMinio, bucket: string, key: string, bytes: Buffer) {
  return signed(world, minio, 'PUT', `${bucket}/${key}`, bytes);
}

/** Makes a bucket of another MinIO. */
export const createRemoteBucket = (world: OscarWorld, minio: RemoteMinio, bucket: string) => signed(world, minio, 'PUT', bucket);

async function signed(world: OscarWorld, minio: RemoteMinio, method: string, path: string, body?: Buffer) {
  if (!mayReach(world, minio.endpoint)) return null;
  const url = new URL(minio.endpoint);
  url.pathname = `/${path.split('/').map(encodeURIComponent).join('/')}`;
  const keys = { accessKey: minio.access_key, secret: minio.secret_key, region: minio.region || 'us-east-1' };
  return ask(world, presign({ method, url, expiresSeconds: 300, at: new Date() }, keys), { method, body });
}
