import { createHash } from 'node:crypto';
import type { ImageDefinition } from '../cloud/definition';
import type { World } from '../cloud/world';
import { type Call, htmlPage, Refusal } from '../http/call';
import { type Route, route } from '../http/router';
import type { ProjectSession } from '../keystone/sessions';
import { providerProject } from '../neutron/net';

const PAGE = 25;
const MOST = 1000;
const versions = ['2.15', '2.13', '2.12', '2.11', '2.10', '2.9', '2.8', '2.7', '2.6', '2.5', '2.4', '2.3', '2.2', '2.1', '2.0'];
const controls = new Set(['limit', 'marker', 'sort', 'sort_key', 'sort_dir', 'tag', 'member_status', 'visibility', 'size_min', 'size_max']);

const refusal = (status: number, title: string, text: string, headers?: Record<string, string>) =>
  new Refusal({ status, headers, body: htmlPage(status, title, text) });

/** What the Keystone middleware makes Glance answer without a good token. */
export function glanceTokenRefused(identityUrl: string): Refusal {
  const text =
    'This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.';
  return refusal(401, 'Unauthorized', text, { 'WWW-Authenticate': `Keystone uri="${identityUrl}"` });
}

/** Glance v2, for reading. Paths are those below `/image`. */
export function glanceRoutes(world: World, session: (call: Call) => ProjectSession): Route[] {
  const show = (image: ImageDefinition) => ({
    ...image.properties,
    name: image.name,
    disk_format: 'qcow2',
    container_format: 'bare',
    visibility: 'public',
    size: image.sizeBytes,
    virtual_size: image.minDiskGiB * 1024 ** 3,
    status: 'active',
    checksum: createHash('md5').update(image.id).digest('hex'),
    protected: false,
    min_ram: image.minRamMiB,
    min_disk: image.minDiskGiB,
    owner: providerProject(world),
    os_hidden: false,
    os_hash_algo: 'sha512',
    os_hash_value: createHash('sha512').update(image.id).digest('hex'),
    id: image.id,
    created_at: image.createdAt,
    updated_at: image.createdAt,
    tags: [],
    self: `/v2/images/${image.id}`,
    file: `/v2/images/${image.id}/file`,
    schema: '/v2/schemas/image',
  });
  const links = [{ rel: 'self', href: `${world.url}/image/v2/` }];
  return [
    route('GET', '/', () => ({
      status: 300,
      body: { versions: versions.map((id, index) => ({ id: `v${id}`, status: index === 0 ? 'CURRENT' : 'SUPPORTED', links })) },
    })),
    route('GET', '/v2/images', (call) => {
      session(call);
      const all = sorted(
        call,
        world.definition.images.map(show).filter((image) => matches(call, image)),
      );
      const limitText = call.query.get('limit');
      if (limitText !== null && !/^\d+$/.test(limitText)) throw refusal(400, 'Bad Request', 'limit param must be an integer');
      const limit = Math.min(Number(limitText ?? PAGE), MOST);
      const marker = call.query.get('marker');
      const at = marker === null ? -1 : all.findIndex((image) => image.id === marker);
      if (marker !== null && at < 0) throw refusal(404, 'Not Found', `No image found with ID ${marker}`);
      const images = all.slice(at + 1, at + 1 + limit);
      const query = new URLSearchParams(call.query);
      query.delete('marker');
      const address = (more: URLSearchParams) => (more.size > 0 ? `/v2/images?${more}` : '/v2/images');
      const last = images.at(-1);
      const body: Record<string, unknown> = { images, first: address(query), schema: '/v2/schemas/images' };
      if (last && images.length === limit && limit > 0) {
        const next = new URLSearchParams(query);
        next.set('marker', last.id);
        body.next = address(next);
      }
      return { status: 200, body };
    }),
    route('GET', '/v2/images/:id', (call) => {
      session(call);
      const image = world.image(call.params.id ?? '');
      if (!image) throw refusal(404, 'Not Found', `No image found with ID ${call.params.id}`);
      return { status: 200, body: show(image) };
    }),
  ];
}

type Shown = Record<string, unknown> & { id: string };

function matches(call: Call, image: Shown): boolean {
  const visibility = call.query.get('visibility');
  if (visibility && visibility !== 'public' && visibility !== 'all') return false;
  if (call.query.has('tag')) return false;
  return [...call.query].every(([name, value]) => {
    if (controls.has(name)) return true;
    const wanted = value.startsWith('in:')
      ? value
          .slice(3)
          .split(',')
          .map((one) => one.replace(/^"|"$/g, ''))
      : [value];
    return wanted.includes(String(image[name] ?? ''));
  });
}

/** Newest first unless asked otherwise, as Glance sorts. */
function sorted<T extends Shown>(call: Call, images: T[]): T[] {
  const [sortKey, sortDirection] = (call.query.get('sort') ?? '').split(':');
  const key = sortKey || call.query.get('sort_key') || 'created_at';
  const sign = (sortDirection || call.query.get('sort_dir') || 'desc') === 'asc' ? 1 : -1;
  return [...images].sort((one, other) => {
    const order = String(one[key] ?? '').localeCompare(String(other[key] ?? '')) || one.id.localeCompare(other.id);
    return sign * order;
  });
}

export const glanceUnknown = () => ({ status: 404, body: htmlPage(404, 'Not Found', 'The resource could not be found.') });
