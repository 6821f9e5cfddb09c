/** An OSCAR that the outputs of a deployment name. */
export interface NamedCluster {
  /** what stands before `oscar_url`: empty where a deployment has one cluster */
  part: string;
  url: string;
  user: string;
  password: string;
}

/** The OSCAR clusters among outputs: each has an address, a user and a password by the same beginning of their names. Pure. */
export function clusterParts(outputs: readonly { name: string; value: string | null }[]): NamedCluster[] {
  const values = new Map(outputs.map(({ name, value }) => [name, value]));
  return outputs.flatMap(({ name, value: url }) => {
    const part = /^(.*)oscar_url$/.exec(name)?.[1];
    if (part === undefined || !url) return [];
    const [user, password] = [values.get(`${part}oscar_user`), values.get(`${part}oscar_password`)];
    return user && password ? [{ part, url, user, password }] : [];
  });
}
