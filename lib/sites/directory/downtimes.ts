import { tidyText } from '@/lib/core/text';
import { webLink } from '@/lib/inputs/link';
import { unusable } from './listed';

/** An announced downtime of a site. Times are ISO 8601. */
export interface Downtime {
  start: string;
  end: string;
  severity: 'outage' | 'warning';
  description: string;
  /** where it is announced */
  url?: string;
}

const MOST_CHARACTERS = 4 * 1024 * 1024;
const SERVICES = /^(org\.openstack\.|eu\.egi\.cloud\.)/;

/**
 * Reads the announced downtimes of cloud services from GOCDB's public interface (`?method=get_downtime`,
 * wiki.egi.eu/wiki/GOCDB/PI/get_downtime_method): flat XML, an element DOWNTIME for each service that a downtime concerns, dates in
 * seconds since 1970.
 * @returns by the site's name in GOCDB, the soonest first, each downtime once
 * @throws AppError `upstream-failed` where it is something else
 */
export function readDowntimes(xml: string): Record<string, Downtime[]> {
  if (xml.length > MOST_CHARACTERS || !/<results\b/.test(xml) || !/(<\/results>|<results\s*\/>)\s*$/.test(xml))
    throw unusable('It is not GOCDB’s XML.');
  const found = new Map<string, Map<string, Downtime>>();
  for (const element of xml.split('</DOWNTIME>').slice(0, -1)) {
    // cut at the ends: a search from each beginning for its end would take for ever where there are only beginnings
    const at = element.lastIndexOf('<DOWNTIME');
    const [, attributes = '', body = ''] = /^<DOWNTIME\b([^>]*)>([\s\S]*)$/.exec(at < 0 ? '' : element.slice(at)) ?? [];
    const read = (name: string) => textOf(new RegExp(`<${name}>([^<]{0,4000})</${name}>`).exec(body)?.[1] ?? '');
    const [site, start, end] = [read('HOSTED_BY'), dateOf(read('START_DATE')), dateOf(read('END_DATE'))];
    if (!SERVICES.test(read('SERVICE_TYPE')) || site === '' || !start || !end || start >= end) continue;
    const id = /\bID="(\w{1,40})"/.exec(attributes)?.[1] ?? `${start} ${end}`;
    const url = read('GOCDB_PORTAL_URL');
    const ofSite = found.get(site) ?? new Map<string, Downtime>();
    const severity = /outage/i.test(read('SEVERITY')) || ofSite.get(id)?.severity === 'outage' ? 'outage' : 'warning';
    ofSite.set(id, {
      start,
      end,
      severity,
      description: read('DESCRIPTION').slice(0, 500),
      ...(webLink(url)?.startsWith('https://') ? { url } : {}),
    });
    found.set(site, ofSite);
  }
  return Object.fromEntries([...found].map(([site, each]) => [site, [...each.values()].sort((a, b) => a.start.localeCompare(b.start))]));
}

/** The downtime that holds now, an outage before a mere warning. */
export function downtimeNow(downtimes: readonly Downtime[], now: Date): Downtime | undefined {
  const at = now.toISOString();
  const current = downtimes.filter(({ start, end }) => start <= at && at < end);
  return current.find(({ severity }) => severity === 'outage') ?? current[0];
}

function dateOf(seconds: string): string | undefined {
  return /^\d{9,11}$/.test(seconds) ? new Date(Number(seconds) * 1000).toISOString() : undefined;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function textOf(xml: string): string {
  const plain = xml.replaceAll(/&(#x?[0-9a-f]{1,6}|\w{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 31 && code < 0x11_0000 ? String.fromCodePoint(code) : ' ';
  });
  return tidyText(plain).trim();
}
