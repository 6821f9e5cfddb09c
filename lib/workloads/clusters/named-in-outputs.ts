/** An OSCAR that the outputs of a deployment name. */
export interface NamedCluster {
  /** what stands before `oscar_url`: empty where a deployment has one cluster */
  part: string;
  url: string;
  user: string;
  password: string;
  /** SHA-256 of the certificate that OSCAR has signed for itself, as openssl writes it; null: none was told */
  fingerprint: string | null;
  /** address of its storage */
  storage: string | null;
}

/** The OSCAR clusters among outputs: each has an address, a user and a password by the same beginning of their names. Pure. */
export function clusterParts(outputs: readonly { name: string; value: string | null }[]): NamedCluster[] {
  const values = new Map(outputs.map(({ name, value }) => [name, value]));
  return outputs.flatMap(({ name, value: url }) => {
    const part = /^(.*)oscar_url$/.exec(name)?.[1];
    if (part === undefined || !url) return [];
    const [user, password] = [values.get(`${part}oscar_user`), values.get(`${part}oscar_password`)];
    const fingerprint = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/i.exec(values.get(`${part}oscar_fingerprint`) ?? '')?.[0] ?? null;
    const storage = values.get(`${part}minio_endpoint`) ?? null;
    return user && password ? [{ part, url, user, password, fingerprint, storage }] : [];
  });
}

const MOST_NAME = 60;

/**
 * What an OSCAR is called that came with a deployment: as that, with its part where there are several, and no other one so. Pure.
 * @param taken names of its owner's other clusters
 */
export function clusterName(deployment: { id: string; name: string }, part: string, taken: ReadonlySet<string>): string {
  const shown = part
    .replace(/_+$/, '')
    .replaceAll('_', ' ')
    .slice(0, MOST_NAME / 2);
  const own = shown === '' ? '' : ` (${shown})`;
  for (let number = 0; ; number++) {
    // its owner may have called another one so
    const apart = number === 0 ? '' : ` ${deployment.id.slice(-6)}${number === 1 ? '' : `-${number}`}`;
    const end = own + apart;
    const name = deployment.name.slice(0, MOST_NAME - end.length) + end;
    if (!taken.has(name)) return name;
  }
}
