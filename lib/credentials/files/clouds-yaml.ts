import { type Remark, refuse, remark } from './remarks';
import { type Settings, settle } from './settings';
import { vendorOf } from './vendors';
import { type Entries, Mapping, Merger, readYaml, Text, type Value } from './yaml';
import { otherThanText } from './yaml11';

/** One thing that can be chosen of a file: a cloud, and one of its regions where it has several. */
export interface Choice {
  cloud: string;
  region?: string;
}

/** A clouds.yaml; an entry that can't be read is told of when it is asked for. */
export interface CloudsFile {
  choices: Choice[];
  /** what of the file as a whole is not used */
  remarks: Remark[];
  /** @throws Refusal naming the entry and its field */
  settings(choice: Choice): Settings;
}

interface Layer {
  beside: Map<string, Value>;
  auth: Map<string, Value>;
}

/**
 * Reads a pasted clouds.yaml (openstacksdk's configuration file). It is only parsed: tags and environment variables do nothing.
 * Further documents in it with a section `clouds` count as its secure.yaml, and one with `public-clouds` as its clouds-public.yaml.
 * @param secure a secure.yaml: what it says of a cloud goes over what the clouds.yaml says, as openstacksdk has it
 * @throws Refusal with the line for YAML that does not parse; none quotes a value of the file
 */
export function readCloudsYaml(yaml: string, secure?: string): CloudsFile {
  const merger = new Merger();
  const remarks: Remark[] = [];
  const sections = readYaml(yaml).map((document) => merger.entries(document));
  const first = sections.find((section) => section?.has('clouds'));
  if (!first) refuse('neither');
  const over = sections.filter((section) => section !== first && section?.has('clouds'));
  if (secure !== undefined) {
    const secrets = readYaml(secure).map((document) => merger.entries(document));
    if (!secrets.some((section) => section?.has('clouds'))) refuse('notSecure', {}, 'secureYaml');
    over.push(...secrets);
  }
  const profiles = sections.map((section) => merger.entries(section?.get('public-clouds'))).find((found) => found !== undefined);
  for (const section of sections) {
    if (section && !section.has('clouds') && !section.has('public-clouds')) remarks.push(remark('document'));
    for (const name of section?.keys() ?? []) {
      if (name !== 'clouds' && name !== 'public-clouds') remarks.push(remark('section', { name }));
    }
  }
  let clouds: Value = first.get('clouds') ?? null;
  for (const section of over) clouds = mergeClouds(merger, clouds, section?.get('clouds') ?? null);
  const reader = new Reader(merger, merger.entries(clouds) ?? refuse('neither'), profiles);
  const own = merger.entries(first.get('clouds'));
  const isUsable = (cloud: string) => own?.has(cloud) || reader.hasAddress(cloud);
  const names = [...reader.clouds.keys()].filter(isUsable);
  for (const name of reader.clouds.keys()) if (!isUsable(name)) remarks.push(remark('onlySecure', { name }));
  return {
    choices: names.flatMap((cloud) => {
      const regions = reader.regionNames(cloud);
      return regions.length > 1 ? regions.map((region) => ({ cloud, region })) : [{ cloud }];
    }),
    remarks,
    settings: (choice) => reader.settings(choice),
  };
}

// as openstack/config/_util.py, merge_clouds: mappings by their keys, all else replaced
function mergeClouds(merger: Merger, below: Value, above: Value): Value {
  const [lower, upper] = [merger.entries(below), merger.entries(above)];
  if (!upper) return above ?? below;
  if (!lower) return above;
  const all = new Map(lower);
  for (const [key, value] of upper) all.set(key, value instanceof Mapping ? mergeClouds(merger, all.get(key) ?? null, value) : value);
  const merged = new Mapping();
  merged.own.push(...all);
  return merged;
}

class Reader {
  readonly merger: Merger;
  readonly clouds: Entries;
  readonly profiles: Entries | undefined;

  constructor(merger: Merger, clouds: Entries, profiles: Entries | undefined) {
    this.merger = merger;
    this.clouds = clouds;
    this.profiles = profiles;
  }

  /** Regions that can be chosen; what can't be read has none. */
  regionNames(cloud: string): string[] {
    try {
      return [...this.#regions(cloud, this.#entries(cloud)).keys()];
    } catch {
      return [];
    }
  }

  /** Whether an entry says where it is, itself or by a profile. */
  hasAddress(cloud: string): boolean {
    const entries = this.merger.entries(this.clouds.get(cloud));
    return [entries, this.merger.entries(entries?.get('auth'))].some((each) => each?.has('auth_url') || each?.has('profile'));
  }

  settings({ cloud, region: wanted }: Choice): Settings {
    const remarks: Remark[] = [];
    const entries = this.#entries(cloud);
    const regions = this.#regions(cloud, entries);
    const region = wanted ?? [...regions.keys()][0];
    if (region !== undefined && regions.size > 0 && !regions.has(region)) {
      refuse('noRegion', { cloud, names: [...regions.keys()].join(', ') }, 'region');
    }
    const layer = this.#profile(cloud, entries, remarks);
    this.#lay(cloud, layer, entries);
    this.#lay(cloud, layer, regions.get(region ?? '') ?? new Map());
    for (const key of ['regions', 'profile', 'cloud']) layer.beside.delete(key);
    layer.beside.delete('region_name');
    if (region) layer.beside.set('region_name', new Text(region, false));
    const [beside, auth] = [this.#texts(cloud, layer.beside, remarks, false), this.#texts(cloud, layer.auth, remarks, true)];
    const settings = settle({ beside, auth });
    if (settings.authUrl === undefined && remarks.some(({ key }) => key === 'profile' || key === 'profileAddress')) {
      refuse('noAddressOfProfile', { cloud, profile: this.#profileName(entries) ?? '' });
    }
    return { ...settings, remarks: [...remarks, ...settings.remarks] };
  }

  #entries(cloud: string): Entries {
    return this.merger.entries(this.clouds.get(cloud)) ?? refuse('noAuth', { cloud });
  }

  #profileName(entries: Entries): string | undefined {
    const named = entries.get('profile') ?? entries.get('cloud');
    return named instanceof Text && named.text !== '' ? named.text : undefined;
  }

  /** What lies below an entry: its profile, from the file itself or as openstacksdk knows it. */
  #profile(cloud: string, entries: Entries, remarks: Remark[]): Layer {
    const layer: Layer = { beside: new Map(), auth: new Map() };
    const name = this.#profileName(entries);
    if (name === undefined) return layer;
    const given = this.merger.entries(this.profiles?.get(name));
    if (given) {
      this.#lay(cloud, layer, given);
      return layer;
    }
    const vendor = vendorOf(name);
    if (vendor?.gone) refuse('profileGone', { cloud, profile: name });
    const address = /^https?:/.test(name);
    if (!vendor) remarks.push(remark(address ? 'profileAddress' : 'profile', { name: 'profile', profile: name }));
    const { authUrl, domain } = vendor ?? {};
    if (authUrl) layer.auth.set('auth_url', new Text(authUrl, false));
    for (const key of domain ? ['user_domain_name', 'project_domain_name'] : []) layer.auth.set(key, new Text(domain ?? '', false));
    return layer;
  }

  /** Regions by name, each with what it sets (openstack/config/loader.py, _get_known_regions and _expand_regions). */
  #regions(cloud: string, entries: Entries): Map<string, Entries> {
    const listed = entries.get('regions') ?? entries.get('region_name') ?? entries.get('region-name');
    if (listed === undefined || listed === null) return this.#regionsOfProfile(cloud, entries);
    const items = listed instanceof Text ? listed.text.split(',').map((name) => new Text(name, false)) : listed;
    if (!Array.isArray(items)) refuse('noRegionName', { cloud });
    return this.#expand(cloud, items);
  }

  #regionsOfProfile(cloud: string, entries: Entries): Map<string, Entries> {
    const name = this.#profileName(entries);
    if (name === undefined) return new Map();
    const given = this.merger.entries(this.profiles?.get(name));
    if (!given) return new Map((vendorOf(name)?.regions ?? []).map((region) => [region, new Map()]));
    const listed = given.get('regions') ?? given.get('region_name') ?? null;
    return this.#expand(cloud, Array.isArray(listed) ? listed : listed === null ? [] : [listed]);
  }

  #expand(cloud: string, items: readonly Value[]): Map<string, Entries> {
    const regions = new Map<string, Entries>();
    for (const item of items) {
      const entry = this.merger.entries(item);
      const name = entry ? entry.get('name') : item;
      const values = entry?.get('values') ?? null;
      const strange = entry && [...entry.keys()].some((key) => key !== 'name' && key !== 'values');
      if (!(name instanceof Text) || strange) refuse('noRegionName', { cloud });
      if (name.text !== '' && !regions.has(name.text)) regions.set(name.text, this.merger.entries(values) ?? new Map());
    }
    return regions;
  }

  /** Lays what is said over what lies there: keys of `auth` one by one, all others whole. */
  #lay(cloud: string, layer: Layer, entries: Entries): void {
    for (const [key, value] of entries) {
      if (key !== 'auth') layer.beside.set(key, value);
      else if (value !== null) {
        for (const [name, each] of this.merger.entries(value) ?? refuse('noAuth', { cloud })) layer.auth.set(name, each);
      }
    }
  }

  /** What is text of what is said. Lists and mappings say nothing of signing in; within `auth` there can be none. */
  #texts(cloud: string, values: ReadonlyMap<string, Value>, remarks: Remark[], inAuth: boolean): Map<string, string> {
    const texts = new Map<string, string>();
    for (const [name, value] of values) {
      if (value === null) texts.set(name, '');
      else if (!(value instanceof Text)) {
        if (inAuth) refuse('noText', { cloud, name: `auth.${name}` });
        texts.set(name, '{}');
      } else {
        texts.set(name, value.text);
        const kind = value.plain && isKept(name) ? otherThanText(value.text) : undefined;
        if (kind) remarks.push(remark('otherText', { name, kind }));
        if (/\$\{?[A-Za-z_]/.test(value.text)) remarks.push(remark('variable', { name }));
      }
    }
    return texts;
  }
}

// settings that are meant to be yes, no or a number are not kept as a text
const isKept = (name: string): boolean =>
  /(?:_id|_name|username|password|secret|token|auth_url|region_name)$/.test(name.replaceAll('-', '_'));
