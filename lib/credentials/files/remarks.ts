import { AppError } from '@/lib/core/errors';

/** What can be said of a file: why it can't be used, or what of it is not used and why. Words in braces are parameters. */
export const remarkTexts = {
  // why it can't be used
  neither: 'This is neither a clouds.yaml (it has no section “clouds”) nor an openrc file (it sets no OS_ variable).',
  notSecure: 'This is not a secure.yaml: it has no section “clouds”.',
  notYaml: 'Line {line} is not YAML.',
  unknownTag: 'Line {line} has a YAML tag that no clouds.yaml needs.',
  unknownAlias: 'Line {line} refers to something that the file does not define.',
  tooDeep: 'Line {line} is nested too deeply.',
  tooMuch: 'The file has too much in it: {count} words and signs are the most.',
  mergesNoMapping: 'A merge key (<<) of the file names something that has no keys.',
  loops: 'The file refers to itself too often.',
  wouldRun: 'Line {line} would run a command to get {name}. Nothing of a file is ever run here.',
  dependsOnRun:
    'Line {line} takes {name} from something that the file would run. Nothing of a file is ever run here: run it yourself, and paste what “export -p” prints.',
  notUnderstood: 'Line {line} is no assignment, and is not understood.',
  unclosed: 'Line {line} has a quote that is not closed.',
  unfinished: 'Line {line} begins something that is not ended.',
  tooLong: 'Line {line} makes a value that is too long.',
  notSet: 'Line {line} takes {name} from a variable that the file does not set.',
  notDecided:
    'Line {line}: whether {name} is set, and to what, is not known without running the file. Run it, and paste what “export -p” prints.',
  asksFor: 'Line {line} asks for {name} when it is run: write it into the file.',
  strangeMark: 'Line {line}, column {column}: {mark} stands where a plain {plain} belongs. A word processor or a web page put it there.',
  strangeSpace:
    'Line {line}, column {column}: a blank that is none ({mark}). A word processor or a web page put it there; type a plain one.',
  noAuth: 'The entry “{cloud}” has no usable auth section.',
  noText: 'The entry “{cloud}” has no usable {name}.',
  noRegionName: 'The entry “{cloud}” has a list of regions that can’t be used: each is a name, or has name and values.',
  noRegion: 'The entry “{cloud}” has no region of that name; it has {names}.',
  noAddress: '“{cloud}” names no address (auth_url).',
  noAddressOfProfile: '“{cloud}” names no address (auth_url): it takes it from the profile “{profile}”, which is not known here.',
  profileGone: 'The profile “{profile}” of “{cloud}” is of a cloud that no longer exists.',
  authType: '“{cloud}” signs in by “{type}”, which can’t be kept here; application credentials and passwords can.',
  authTypeToken: '“{cloud}” signs in with a token (“{type}”), which ends within hours; application credentials and passwords can be kept.',
  authTypeOpenid:
    '“{cloud}” signs in through another provider (“{type}”). That is what your own sign-in or a connected account does here: no file is needed.',
  noCredentialId: 'The application credential of “{cloud}” has neither an id, nor a name with a username.',
  noUser: '“{cloud}” has neither an application credential, nor a username.',
  noSecret: '“{cloud}” has no secret: give it beside the file.',
  noPassword: '“{cloud}” has no password: give it beside the file.',
  whichCloud: 'The file has {count} clouds; say which one.',
  noCloud: 'The file has no cloud of that name; it has {names}.',
  // what of it is not used
  versions: '{name}: Transat asks each service which versions it has.',
  interface: '{name}: Transat uses public addresses of services only.',
  verify: '{name}: Transat always checks certificates. For a site with a certificate authority of its own, add it as a site of your own.',
  cacert: '{name} is a file on your computer. For a site with a certificate authority of its own, add it as a site of your own.',
  clientCert: '{name} is a file on your computer. Transat signs in without client certificates.',
  profile: '{name}: the profile “{profile}” is not known here, and what it would say is not read.',
  profileAddress: '{name}: nothing is fetched from the address of a profile.',
  otherText:
    '{name}: the openstack command reads what stands there as a {kind}, Transat as the text that it is. Quotes would make them agree.',
  variable: '{name}: has a “$” in it, which is a plain character in a clouds.yaml.',
  defaultDomain: 'No domain of the user is said: “Default” is taken.',
  scope: '{name}: Transat works in a project.',
  projectDomain: '{name}: your projects are found without it.',
  network: '{name}: networks are chosen when you deploy.',
  endpoint: '{name}: addresses of services are taken from the site’s own catalogue.',
  tool: '{name}: it is about the openstack command itself.',
  login: '{name}: not needed for the way in that the file has.',
  twice: '{name} is given more than once with different values; the one that the openstack command takes counts.',
  prefixed: '{name}: the openstack command would not find it under this name.',
  misplaced: '{name} stands in auth, where the openstack command refuses it; it is read all the same.',
  authTypeMissing: 'auth_type is missing: the openstack command needs “v3applicationcredential” there.',
  unknown: '{name} is not known here.',
  empty: '{name} has no value.',
  section: 'The section “{name}” is about the openstack command itself.',
  onlySecure: 'The cloud “{name}” stands in the secure.yaml only, without an address.',
  document: 'A further document in the file has no section “clouds”.',
  foreign: '{name}: not a variable of OpenStack.',
  asked: '{name}: the file would ask for it; give it here instead.',
  notRun: 'Not run: line {lines}.',
  leftOpen: '{name}: not known without running the file.',
  moreClouds: 'The file has {count} clouds; the first {shown} are shown.',
} as const;

export type RemarkKey = keyof typeof remarkTexts;

/** One thing that is said of a file, for whoever shows it in their own words. */
export interface Remark {
  key: RemarkKey;
  params: Record<string, string>;
}

/** Makes a remark; numbers are written out. */
export function remark(key: RemarkKey, params: Record<string, string | number> = {}): Remark {
  return { key, params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value).slice(0, 300)])) };
}

/** A remark in English. */
export const textOf = ({ key, params }: Remark): string =>
  remarkTexts[key].replaceAll(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);

/** Why a file can't be used, before it is known which field of the request it came in. */
export class Refusal extends Error {
  readonly remark: Remark;
  readonly path?: string;

  /** @param path the field, where that is not the file itself */
  constructor(said: Remark, path?: string) {
    super(said.key);
    this.remark = said;
    this.path = path;
  }
}

/** @throws Refusal always */
export function refuse(key: RemarkKey, params: Record<string, string | number> = {}, path?: string): never {
  throw new Refusal(remark(key, params), path);
}

/** Does something, and tells of a refusal as a problem of a field. @throws AppError `invalid-input` for a {@link Refusal} */
export function naming<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = textOf(error.remark);
    throw new AppError({
      code: 'invalid-input',
      title: 'The file can’t be used',
      detail: message,
      remedy: 'Download it anew from the site’s own pages (with an application credential) and paste all of it.',
      fields: [{ path: error.path ?? field, message, remark: { ...error.remark, key: `file.${error.remark.key}` } }],
    });
  }
}
