import type { Call } from '../http/call';
import { novaFault } from './errors';

const newest = 93;

/** The headers by which Nova tells the microversion it used. */
export function versionHeaders(minor: number): Record<string, string> {
  const version = `2.${minor}`;
  return {
    'OpenStack-API-Version': `compute ${version}`,
    'X-OpenStack-Nova-API-Version': version,
    Vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
  };
}

/**
 * The minor number of the microversion that a call asks for (2.x), 1 where it asks for none.
 * @throws Refusal 406 beyond what is offered, 400 where it is none
 */
export function microversion(call: Call): number {
  const header = call.headers['openstack-api-version'];
  const given = (Array.isArray(header) ? header : (header ?? '').split(','))
    .map((part) => /^\s*compute\s+(\S+)\s*$/.exec(part)?.[1])
    .find(Boolean);
  const legacy = call.headers['x-openstack-nova-api-version'];
  const text = given ?? (Array.isArray(legacy) ? legacy[0] : legacy);
  if (!text) return 1;
  if (text === 'latest') return newest;
  const match = /^2\.(\d{1,3})$/.exec(text);
  const minor = Number(match?.[1] ?? Number.NaN);
  if (!/^\d+\.\d+$/.test(text))
    throw novaFault(400, `API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`);
  if (!match || minor < 1 || minor > newest) {
    throw novaFault(
      406,
      `Version ${text} is not supported by the API. Minimum is 2.1 and maximum is 2.${newest}.`,
      {},
      {
        'OpenStack-API-Version': `compute ${text}`,
        'X-OpenStack-Nova-API-Version': text,
      },
    );
  }
  return minor;
}

export const newestMicroversion = `2.${newest}`;
