/** A distribution and its version as recipes name them: `ubuntu` `24.04`, `debian` `12`, `rocky` `9.4`. */
export interface Release {
  distro?: string;
  version?: string;
}

// what libosinfo, Glance's users and the sites call them
const names: [RegExp, string][] = [
  [/ubuntu/, 'ubuntu'],
  [/debian/, 'debian'],
  [/rocky/, 'rocky'],
  [/alma/, 'almalinux'],
  [/cent[ _-]?os/, 'centos'],
  [/\brhel|red[ _-]?hat/, 'rhel'],
  [/fedora/, 'fedora'],
  [/open[ _-]?suse|\bleap\b|tumbleweed/, 'opensuse'],
  [/\bsles\b|suse[ _-]linux/, 'sles'],
  [/\barch(?:[ _-]?linux)?\b/, 'arch'],
  [/oracle|\bol\d\b/, 'oracle'],
  [/cirros/, 'cirros'],
  [/flatcar/, 'flatcar'],
  [/core[ _-]?os/, 'coreos'],
  [/alpine/, 'alpine'],
  [/freebsd/, 'freebsd'],
  [/windows/, 'windows'],
];

/** Code names by distribution (releases.ubuntu.com, wiki.debian.org/DebianReleases). */
const codenames: Record<string, [distro: string, version: string]> = {
  trusty: ['ubuntu', '14.04'],
  xenial: ['ubuntu', '16.04'],
  bionic: ['ubuntu', '18.04'],
  focal: ['ubuntu', '20.04'],
  jammy: ['ubuntu', '22.04'],
  noble: ['ubuntu', '24.04'],
  plucky: ['ubuntu', '25.04'],
  questing: ['ubuntu', '25.10'],
  resolute: ['ubuntu', '26.04'],
  stretch: ['debian', '9'],
  buster: ['debian', '10'],
  bullseye: ['debian', '11'],
  bookworm: ['debian', '12'],
  trixie: ['debian', '13'],
  forky: ['debian', '14'],
};
const codename = new RegExp(`(?:^|[^a-z])(${Object.keys(codenames).join('|')})(?![a-z])`);

/**
 * Reads distribution and version: what Glance's properties say first, then the name, by the words of the distributions, their code names and
 * the file names of their cloud images.
 */
export function readRelease(said: { distro?: string; version?: string; name: string }): Release {
  const name = said.name.toLowerCase();
  const inName = codenames[codename.exec(name)?.[1] ?? ''];
  const distro = distroOf(said.distro?.toLowerCase() ?? '') ?? (said.distro ? said.distro.toLowerCase() : (distroOf(name) ?? inName?.[0]));
  if (distro === undefined) return {};
  const version =
    versionOf(distro, said.version?.toLowerCase() ?? '') ??
    versionOf(distro, afterName(distro, name)) ??
    (inName?.[0] === distro ? inName[1] : undefined);
  return { distro, version };
}

const distroOf = (text: string): string | undefined => names.find(([form]) => form.test(text))?.[1];

// a version stands behind the name of its distribution: what stands before is a site's own numbering
function afterName(distro: string, name: string): string {
  const form = names.find(([, each]) => each === distro)?.[0];
  const at = form ? name.search(form) : -1;
  return at < 0 ? name : name.slice(at);
}

/** The first number that can be a version of the distribution: dates of builds, widths of processors and the like are none. */
function versionOf(distro: string, text: string): string | undefined {
  const named = codenames[codename.exec(text)?.[1] ?? ''];
  if (named?.[0] === distro) return named[1];
  const plain = text.replaceAll(/x86[_-]64|amd64|arm64|aarch64|i[36]86|cuda[ _-]?[\d.]*|rocm[ _-]?[\d.]*/g, ' ');
  for (const [found] of plain.matchAll(/\d+(?:\.\d+)*/g)) {
    const version = distro === 'ubuntu' ? ubuntuVersion(found) : otherVersion(found);
    if (version !== undefined) return version;
  }
  return undefined;
}

// Featured-Ubuntu24 and ubuntu2404 are 24.04; of the two releases a year the even April ones are meant
function ubuntuVersion(found: string): string | undefined {
  const [, year, month] = /^(\d\d)(?:\.?(04|10))?(?:\.\d+)?$/.exec(found) ?? [];
  if (year === undefined || Number(year) < 12 || Number(year) > 40) return undefined;
  if (month !== undefined) return `${year}.${month}`;
  return Number(year) % 2 === 0 ? `${year}.04` : undefined;
}

// a year and a day are the date of a build
const otherVersion = (found: string): string | undefined => (/^\d{1,2}(?:\.\d{1,2})?(?:\.\d+)?$/.test(found) ? found : undefined);

/** Processors as Glance, distributions and sites write them, by one name each. */
export function readArchitecture(said: string | undefined, name: string): string | undefined {
  const text = (said ?? name).toLowerCase();
  if (/aarch64|arm64|armv8/.test(text)) return 'aarch64';
  if (/x86[_-]64|amd64|x64/.test(text)) return 'x86_64';
  if (/ppc64|powerpc/.test(text)) return 'ppc64le';
  if (/riscv64/.test(text)) return 'riscv64';
  if (/\bi[3-6]86\b/.test(text)) return 'i686';
  return said?.toLowerCase();
}
