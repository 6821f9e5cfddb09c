import { z } from 'zod';
import { AppError } from '@/lib/core/errors';

/** A site as a public directory lists it. */
export interface Listed {
  name: string;
  authUrl: string;
  region?: string;
  /** VO name → project id */
  projects?: Record<string, string>;
  kind?: 'metal' | 'vm';
  /** since when the directory leaves it out (ISO 8601); it listed the site before */
  goneSince?: string;
}

const MOST_SITES = 500;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}@._ -]{0,59}$/u;
const PROJECT = /^[\w.-]{1,64}$/;
const VO = /^[\w./-]{1,120}$/;

const egiSchema = z
  .array(
    z.object({
      name: z.string(),
      url: z.string(),
      projects: z.array(z.object({ id: z.string().nullable(), name: z.string().nullable() })).default([]),
    }),
  )
  .max(MOST_SITES);
const chameleonSchema = z.object({
  items: z.array(z.object({ uid: z.string(), name: z.string(), web: z.string(), site_class: z.string().nullish() })).max(MOST_SITES),
});

/**
 * Reads EGI's list of sites: `GET https://is.cloud.egi.eu/sites/?include_projects=true` (EGI-Federation/cloud-info-api).
 * @param options.plain addresses by plain http are taken, too: the sandbox's are on this machine
 * @throws AppError `upstream-failed` where it is another thing; single entries that can't be used are left out
 */
export function readEgiList(text: string, { plain = false } = {}): Listed[] {
  return parse(egiSchema, text).flatMap(({ name, url, projects }) => {
    const authUrl = authUrlOf(url, plain);
    if (!NAME.test(name) || !authUrl) return [];
    const served = projects.flatMap(({ id, name: vo }) => (id && vo && PROJECT.test(id) && VO.test(vo) ? [[vo, id] as const] : []));
    return [{ name, authUrl, projects: Object.fromEntries(served) }];
  });
}

/**
 * Reads Chameleon's list of sites: `GET https://api.chameleoncloud.org/sites`. Keystone is at port 5000 of a site's web address, and the
 * region has the site's name. CHI@Edge has containers and no servers, and is left out.
 * @throws AppError `upstream-failed` where it is another thing
 */
export function readChameleonList(text: string): Listed[] {
  return parse(chameleonSchema, text).items.flatMap(({ uid, name, web, site_class: given }) => {
    const about = `${uid} ${name} ${given ?? ''}`;
    const authUrl = URL.canParse(web) ? authUrlOf(`https://${new URL(web).hostname}:5000/v3`) : undefined;
    if (/edge/i.test(about) || !NAME.test(name) || !authUrl) return [];
    return [{ name, authUrl, region: name, kind: /kvm|\bvm/i.test(about) ? ('vm' as const) : ('metal' as const) }];
  });
}

/**
 * Whether a list can be what a directory says now, by what it said before: one that lost half of its sites, or all, or grew beyond measure
 * is more likely broken.
 * @throws AppError `upstream-failed`
 */
export function requirePlausible(before: number, now: number): void {
  if (now > 0 && now >= before / 2 && now <= before * 3 + 20) return;
  throw unusable(`It lists ${now} sites that can be used, after ${before} before.`);
}

// Keystone's v3 root over https without user, query or fragment, without a slash at the end; undefined for anything else
function authUrlOf(text: string, plain = false): string | undefined {
  if (text.length > 300 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!(url.protocol === 'https:' || (plain && url.protocol === 'http:')) || url.username || url.password || url.search || url.hash)
    return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  // an explicit port of https is kept out of the address, as browsers do
  return `${url.origin}${path === '' ? '/v3' : path}`;
}

function parse<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unusable('It is not JSON.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unusable(`It is of another form${issue ? ` (at ${issue.path.join('.') || 'its root'})` : ''}.`);
}

/** The error for an answer that makes no sense. */
export function unusable(cause: string): AppError {
  return new AppError({
    code: 'upstream-failed',
    title: 'A directory’s answer can’t be used',
    detail: 'A directory of sites answered, but not with what can be taken for it.',
    cause,
    remedy: 'What it said before is kept. It is asked again later.',
  });
}
