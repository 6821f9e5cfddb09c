import { type Call, done, notThere, type Reply, refused, withData } from './answers';

interface Version {
  data: Record<string, unknown> | null;
  created_time: string;
  deletion_time: string;
  destroyed: boolean;
}
export interface KvEntry {
  versions: Version[];
}

type Entries = Map<string, KvEntry>;

/** KV version 1: a value a path. */
export function answerKv1({ method, path, body, state }: Call, entries: Entries): Reply {
  if (method === 'LIST') return list(entries, path);
  if (method === 'POST') {
    entries.set(path, { versions: [version(body, state.now())] });
    return done;
  }
  if (method === 'DELETE') {
    entries.delete(path);
    return done;
  }
  const found = entries.get(path)?.versions[0]?.data;
  return found ? withData(found) : notThere();
}

/** KV version 2: versions, check-and-set, soft deletes, destruction. */
export function answerKv2(call: Call, entries: Entries): Reply {
  const { method, path, body, query } = call;
  const [kind, ...rest] = path.split('/');
  const name = rest.join('/');
  if (kind === 'metadata' && method === 'LIST') return list(entries, name);
  if (kind === 'metadata' && method === 'DELETE') {
    entries.delete(name);
    return done;
  }
  const entry = entries.get(name);
  if (kind === 'metadata' && method === 'GET') return entry ? withData(metadataOf(entry)) : notThere();
  if (kind === 'data' && method === 'POST') return write(call, name, entries);
  if (kind === 'data' && method === 'GET') {
    const number = Number(query.get('version')) || entry?.versions.length || 0;
    const found = entry?.versions[number - 1];
    if (!found) return notThere();
    const gone = found.destroyed || found.deletion_time !== '';
    return withData({ data: gone ? null : found.data, metadata: shown(found, number) }, gone ? 404 : 200);
  }
  if (kind === 'data' && method === 'DELETE') {
    const last = entry?.versions.at(-1);
    if (last) last.deletion_time = new Date(call.state.now()).toISOString();
    return done;
  }
  if (kind === 'destroy' && method === 'POST') {
    for (const number of Array.isArray(body.versions) ? body.versions : []) {
      const found = entry?.versions[Number(number) - 1];
      if (found) Object.assign(found, { data: null, destroyed: true });
    }
    return done;
  }
  return notThere();
}

function write({ body, state }: Call, name: string, entries: Entries): Reply {
  const { data, options } = body;
  if (typeof data !== 'object' || data === null) return refused(400, 'no data provided');
  const entry = entries.get(name) ?? { versions: [] };
  const cas = typeof options === 'object' && options !== null && 'cas' in options ? Number(options.cas) : undefined;
  if (cas !== undefined && cas !== entry.versions.length) return refused(400, 'check-and-set parameter did not match the current version');
  entry.versions.push(version({ ...data }, state.now()));
  entries.set(name, entry);
  return withData(shown(entry.versions.at(-1) ?? version({}, 0), entry.versions.length));
}

function version(data: Record<string, unknown>, now: number): Version {
  return { data, created_time: new Date(now).toISOString(), deletion_time: '', destroyed: false };
}

const shown = ({ created_time, deletion_time, destroyed }: Version, number: number) => ({
  created_time,
  custom_metadata: null,
  deletion_time,
  destroyed,
  version: number,
});

function metadataOf({ versions }: KvEntry) {
  return {
    cas_required: false,
    current_version: versions.length,
    max_versions: 0,
    oldest_version: 0,
    versions: Object.fromEntries(
      versions.map(({ created_time, deletion_time, destroyed }, index) => [index + 1, { created_time, deletion_time, destroyed }]),
    ),
  };
}

// the names right below a folder; those of folders end with a slash
function list(entries: Entries, folder: string): Reply {
  const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
  const below = [...entries.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const keys = [...new Set(below.map((name) => (name.includes('/') ? `${name.split('/')[0]}/` : name)))].sort();
  return keys.length === 0 ? notThere() : withData({ keys });
}
