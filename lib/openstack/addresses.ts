/** How the address of a service is made out of what a catalogue says, which may lack or have a version and a project. */
interface Shape {
  /** what the path of the API ends with */
  version: string;
  /** the project id follows the version (Cinder asked for it until 2022) */
  project?: true;
  /** which microversion Transat was written for, and its name in the header */
  speaks?: { name: string; version: string; discover: boolean };
}

/** The services that Transat talks to. Microversions: Nova 2.79 (Train), Cinder 3.59 (Train), Blazar 1.0 (the only one there is); Octavia has none. */
const SHAPES: Record<string, Shape> = {
  compute: { version: 'v2.1', speaks: { name: 'compute', version: '2.79', discover: true } },
  network: { version: 'v2.0' },
  image: { version: 'v2' },
  'block-storage': { version: 'v3', project: true, speaks: { name: 'volume', version: '3.59', discover: true } },
  'load-balancer': { version: 'v2' },
  reservation: { version: 'v1', speaks: { name: 'reservation', version: '1.0', discover: false } },
};

/** Where a service's API is, and what to know of its versions. */
export interface Address {
  /** without a trailing slash */
  base: string;
  /** where the version document is */
  root: string;
  /** major version in that document */
  major: string;
  speaks?: Shape['speaks'];
}

/**
 * Makes the address of a service's API. Catalogues say `https://nova:8774`, `…/v2.1`, `…/v2/<project>`, `…/compute/v2.1/` for the same.
 * @param service the official type
 * @param url as in the catalogue
 */
export function addressOf(service: string, url: string, projectId: string): Address {
  const shape = SHAPES[service] ?? { version: '' };
  const parsed = new URL(url);
  const parts = parsed.pathname.split('/').filter((part) => part !== '');
  const at = parts.findIndex((part) => /^v\d+(\.\d+)?$/.test(part));
  const before = at < 0 ? parts : parts.slice(0, at);
  const root = `${parsed.origin}${['', ...before, shape.version].join('/')}`;
  return { base: shape.project ? `${root}/${projectId}` : root, root: `${root}/`, major: shape.version, speaks: shape.speaks };
}
