/** One label of a host name (RFC 1123): up to 63 lower-case letters, digits and hyphens. */
const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function isHostname(text: string): boolean {
  return labelPattern.test(text);
}

/** A name of a template as part of keys and host names: `slurm_workers` becomes `slurm-workers`. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll('_', '-').replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');
}
