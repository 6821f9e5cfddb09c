import type { Answer } from './http/call';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Sites of the directory whose clouds answer nothing but that they are down. */
export const downClouds = ['portugal', 'poland'];

interface Downtime {
  id: number;
  site: string;
  severity: 'OUTAGE' | 'WARNING';
  description: string;
  start: number;
  end: number;
}

/**
 * What the sandbox's directory answers: EGI's list of sites (as `is.cloud.egi.eu` has it) and announced downtimes (as GOCDB's public
 * interface has them). Sandbox Portugal is down for the day, Sandbox Europe will be in five days; Sandbox Poland has left the list.
 * @param path below the directory's address
 * @param url of the sandbox
 */
export function directoryAnswer(path: string, url: string, now: Date): Answer {
  if (/^\/sites\/?$/.test(path)) return { status: 200, body: ['Europe', 'Portugal'].map((land) => siteOf(land, url)) };
  if (/^\/gocdb\/?$/.test(path)) return { status: 200, headers: { 'content-type': 'application/xml' }, body: downtimesXml(now) };
  return { status: 404, body: { detail: 'Not Found' } };
}

/** What a cloud that is down answers to everything, as a proxy before it would. */
export const downAnswer: Answer = {
  status: 503,
  body: '<html><head><title>503 Service Unavailable</title></head><body><h1>Down for maintenance</h1></body></html>',
};

function siteOf(land: string, url: string): unknown {
  const host = new URL(url).hostname;
  const projects = [{ id: null, name: 'vo.sandbox.eu' }];
  return { id: `${land.length}G0`, name: `Sandbox ${land}`, url: `${url}/${land.toLowerCase()}/v3`, state: '', hostname: host, projects };
}

function downtimesXml(now: Date): string {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const downtimes: Downtime[] = [
    {
      id: 1,
      site: 'Sandbox Portugal',
      severity: 'OUTAGE',
      description: 'Move to a new machine room',
      start: today - 2 * HOUR_MS,
      end: today + 30 * HOUR_MS,
    },
    {
      id: 2,
      site: 'Sandbox Europe',
      severity: 'OUTAGE',
      description: 'New firmware for the storage; servers are paused meanwhile',
      start: today + 5 * DAY_MS + 8 * HOUR_MS,
      end: today + 5 * DAY_MS + 12 * HOUR_MS,
    },
  ];
  const elements = downtimes.map(
    ({ id, site, severity, description, start, end }) => `  <DOWNTIME ID="${id}" PRIMARY_KEY="${id}G0" CLASSIFICATION="SCHEDULED">
    <PRIMARY_KEY>${id}G0</PRIMARY_KEY>
    <SERVICE_TYPE>org.openstack.nova</SERVICE_TYPE>
    <HOSTED_BY>${site}</HOSTED_BY>
    <SEVERITY>${severity}</SEVERITY>
    <DESCRIPTION>${description}</DESCRIPTION>
    <START_DATE>${start / 1000}</START_DATE>
    <END_DATE>${end / 1000}</END_DATE>
  </DOWNTIME>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<results>\n${elements.join('\n')}\n</results>\n`;
}
